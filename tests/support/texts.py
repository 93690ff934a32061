"""Mazes as other programs write them."""

MAP = """\
type octile
height 3
width 4
map
.G@O
TW..
@@S.
"""


MICROBAN = """\
; Microban 1, David W. Skinner

####
# .#
#  ###
#*@  #
#  $ #
#  ###
####
"""


LAYOUT = """\
%%%%%%%
%.o G.%
%.%%% %
%1 P 4%
%%%%%%%
"""
