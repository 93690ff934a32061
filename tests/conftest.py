from hypothesis import settings

# Timings are benchmarks: a busy machine fails no test.
settings.register_profile("gridemp", deadline=None)
settings.load_profile("gridemp")
