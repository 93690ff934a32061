"""Commands that draw."""

# A small figure of each kind.
DRAWN = [
    ["heatmap", "klyubin", "-n", 2],
    ["cell", "klyubin", 5, 5, "-n", 1],
    ["compare", "klyubin", "-n", 2],
    ["compare", "klyubin", "-n", 2, "--with", "distance,entropy"],
    ["measure", "entropy", "klyubin", "-n", 2],
    ["diff", "klyubin", "-n", 1, "--slip-b", 0.1],
    ["curve", "klyubin", "-n", "1,2"],
    ["sensitivity", "dead-end", "-n", 1],
    ["walk", "klyubin", "-n", 1, "--start", "0,0"],
    ["walk", "klyubin", "-n", 1, "--starts", "all"],
    ["walk", "klyubin", "-n", 1, "--start", "0,0", "--learn", "--steps", 2],
    ["bound", "klyubin", 5, 5, "-n", 1, "--half-steps", 3],
    ["animate", "klyubin", "-n", "1,2"],
    ["export", "klyubin", "-n", 1],
]
