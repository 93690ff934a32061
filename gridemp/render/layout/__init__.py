"""The layout of figures: places of axes, margins, colourbars, legends and the style of drawing."""
