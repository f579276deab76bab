"""Everything a learner touches; the only users of ipywidgets and anywidget."""

from tpmlib.kit.registry import Part

PANELS = Part(
    __name__,
    shows={"paths": ("paths",), "short_answer": ("scenario answer",)},
    asked={"sheet": "sheet.asked", "calibrate": "calibrate.asked"},
    made={
        "predict": "made.predicted",
        "judge": "made.judged",
        "reflect": "made.texts",
        "sheet": "sheet.made",
        "cards": "made.sorted_cards",
        "calibrate": "calibrate.made",
    },
    documents={"All my answers": "made.answers"},
)
