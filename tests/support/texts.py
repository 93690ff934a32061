"""Texts of mazes: one of gridemp's own, and others as other programs write them."""

THIN = """\
+---+---+
|   |   |
+   +---+
|    ###|
+---+---+
"""


LAKE = """\
SFFF
FHFH
FFFH
HFFG
"""


MOUSE = """\
o---o---o---o
| G     |   |
o   o---o   o
| S |       |
o---o---o---o
"""


TAXI = """\
+---------+
|R: | : :G|
| : | : : |
| : : : : |
| | : | : |
|Y| : |B: |
+---------+
"""


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
