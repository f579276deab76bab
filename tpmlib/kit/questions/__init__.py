"""What the course asks, as frozen objects: a question grades, a prediction says what came out."""

from tpmlib.kit.questions.items import Feedback as Feedback
from tpmlib.kit.questions.items import Grade as Grade
from tpmlib.kit.questions.items import Option as Option
from tpmlib.kit.questions.items import Prediction as Prediction
from tpmlib.kit.questions.items import Question as Question
from tpmlib.kit.questions.items import text_hash as text_hash
from tpmlib.kit.questions.quizzes import Quiz as Quiz
from tpmlib.kit.questions.quizzes import made as made
from tpmlib.kit.questions.quizzes import prediction as prediction
from tpmlib.kit.questions.quizzes import predictions as predictions
from tpmlib.kit.questions.quizzes import question as question
from tpmlib.kit.questions.quizzes import quiz as quiz
from tpmlib.kit.questions.quizzes import reflection as reflection
from tpmlib.kit.questions.texts import Point as Point
from tpmlib.kit.questions.texts import Reflection as Reflection
