"""TPM or PM? The public names that the lessons use."""

from tpmlib import charts, models
from tpmlib.content import settings, table, tables
from tpmlib.errors import CourseError
from tpmlib.widgets.advert import ReadAdvert as read_advert
from tpmlib.widgets.assign import Assign as assign
from tpmlib.widgets.calibrate import Calibrate as calibrate
from tpmlib.widgets.cards import SortCards as sort_cards
from tpmlib.widgets.choose_controls import ChooseControls as choose_controls
from tpmlib.widgets.cite import Cite as cite
from tpmlib.widgets.company import Company as company
from tpmlib.widgets.compare_company import CompareCompany as compare_company
from tpmlib.widgets.environment import Environment as check_environment
from tpmlib.widgets.explorer import Explorer as explore
from tpmlib.widgets.header import Lesson as lesson
from tpmlib.widgets.judge import Judge as judge
from tpmlib.widgets.look_back import LookBack as look_back
from tpmlib.widgets.mark_threats import MarkThreats as mark_threats
from tpmlib.widgets.plan import Plan as plan
from tpmlib.widgets.portfolio import Portfolio as portfolio
from tpmlib.widgets.predict import predict
from tpmlib.widgets.profile import Profile as profile
from tpmlib.widgets.quiz import Quiz as quiz
from tpmlib.widgets.raci import Raci as raci
from tpmlib.widgets.reflect import Reflect as reflect
from tpmlib.widgets.team import Team as team
from tpmlib.widgets.titles import CompareTitles as compare_titles
from tpmlib.workshop import Workshop as workshop
from tpmlib.workshop import class_report, facilitate

__all__ = [
    "CourseError",
    "assign",
    "calibrate",
    "charts",
    "check_environment",
    "class_report",
    "choose_controls",
    "cite",
    "company",
    "compare_company",
    "compare_titles",
    "explore",
    "facilitate",
    "judge",
    "lesson",
    "mark_threats",
    "look_back",
    "models",
    "plan",
    "portfolio",
    "predict",
    "profile",
    "quiz",
    "raci",
    "read_advert",
    "reflect",
    "settings",
    "sort_cards",
    "table",
    "tables",
    "team",
    "workshop",
]
