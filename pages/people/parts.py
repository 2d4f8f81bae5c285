"""The parts of this page, in order: what stands for each in the address, its name, and its sections."""

from pages.people import calculator, categories, like, needs, reach, scores, who

PARTS = {
    "": ("Who they are", (who, categories)),
    "risk": ("OGRS", (scores, calculator)),
    "needs": ("Needs", (needs,)),
    "reach": ("Reach", (reach,)),
    "like": ("Like for like", (like,)),
}
