"""Symbols of the quantities of a trial."""

SYMBOLS = {
    "actions": "H(A)",
    "effects": "H(E)",
    "actions_given_effects": "H(A|E)",
    "effects_given_actions": "H(E|A)",
    "information": "I(A;E)",
    "information_given_context": "I(A;E|C)",
}
