"""Empowerment maps of worlds: exact, certified, or bounded, and maps of given sources.

The path of a map leads from a `World` over counts of outcomes (`counting`, `bitplanes`) or channels
(`channel`, `sequences`) to an `EmpowermentMap` (`empowerment`, `bounds`, `given_source`, `solve`).
"""
