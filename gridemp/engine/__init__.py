"""Empowerment maps of worlds: exact, certified, or bounded, and maps of given sources.

The outcomes of a `World` are counted (`counting`, `bitplanes`) or its channels are solved
(`channel`, `sequences`), which gives an `EmpowermentMap` (`empowerment`, `bounds`, `given_source`,
`solve`).
"""
