"""Tables of recruitment and training. Rows are written by ``training.actions`` alone."""

from smup.training.models.paperwork import Agreement, Declaration, Document
from smup.training.models.people import Consent, Draft, FormalCheck, Participant, Registration
from smup.training.models.programme import Capacity, Edition, PilotUnit, Stage
from smup.training.models.reaching import Invitation, Question, Wave
from smup.training.models.running import (
    Attendance,
    Certificate,
    Enrolment,
    FreeListener,
    Material,
    Meeting,
    SurveyAnswer,
    TestResult,
    Training,
)

__all__ = [
    "Agreement",
    "Attendance",
    "Capacity",
    "Certificate",
    "Consent",
    "Declaration",
    "Document",
    "Draft",
    "Edition",
    "Enrolment",
    "FormalCheck",
    "FreeListener",
    "Invitation",
    "Material",
    "Meeting",
    "Participant",
    "PilotUnit",
    "Question",
    "Registration",
    "Stage",
    "SurveyAnswer",
    "TestResult",
    "Training",
    "Wave",
]
