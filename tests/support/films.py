"""Films."""

import imageio_ffmpeg

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
