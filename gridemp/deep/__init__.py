"""The variational bound learned by networks, where empowerment itself cannot be had.

Needs PyTorch: `pip install "gridemp[deep]"`. The method is that of S. Mohamed and D. J. Rezende,
"Variational information maximisation for intrinsically motivated reinforcement learning" (2015),
arXiv:1509.08731, with a source distribution that is learned as in M. Karl et al., "Unsupervised
real-time control through variational empowerment" (2017), arXiv:1710.05101.
"""
