"""Everything a learner touches; the only users of ipywidgets and anywidget."""

from tpmlib.kit.registry import Part

PANELS = Part(
    __name__,
    asked={"sheet": "sheet.asked", "calibrate": "calibrate.asked"},
    made={
        "predict": "made.predicted",
        "judge": "made.judged",
        "reflect": "made.texts",
        "sheet": "sheet.made",
        "cards": "made.sorted_cards",
        "calibrate": "calibrate.made",
    },
    documents={"answers": "made.answers"},
)
