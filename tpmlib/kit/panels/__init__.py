"""Everything a learner touches; the only users of ipywidgets and anywidget."""
