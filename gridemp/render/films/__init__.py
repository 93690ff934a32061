"""Films: maps, walks and explorations frame by frame, as GIF, MP4 or HTML files."""

ANIMATIONS = (".gif", ".mp4", ".html")  # suffixes of files
FRAME_SECONDS = 0.5  # for which a map is shown, unless another time is given
