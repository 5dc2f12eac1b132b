"""What one answer may hold and one reader may ask for, whichever face answers; what is kept of
reports."""

MOST_CELLS = 200_000  # cells of one answer made on request; more are in the bulk files
STREAMED_FROM = 200_000  # cells from which an answer of the API is sent while it is made
MOST_DENSE = 2_000_000  # cells of one JSON-stat document, which cannot be written piece by piece
PXWEB_CELLS = 1_000_000  # cells of one answer of PxWebApi; its clients split larger questions
CALLS = 600  # answers worked out for one address in CALLS_WINDOW; ready bytes are not counted
CALLS_WINDOW = 30  # seconds
WORK_OF_A_CALL = 0.05  # seconds of processor time after which an answer counts as one more
MOST_BODY = 1_000_000  # bytes of a question that is sent (POST)
MOST_TEMPLATE = 5_100_000  # bytes of the same with a template of an office (5 MB) in it
MOST_PAPER = 10_500_000  # bytes of a form with a signed document (10 MB) in it
LONG_PLACES = 8  # large answers, and questions with a body, at once in one worker of the server
LONG_OF_ONE = 4  # of them for one address
FORM_WAITS = 2.0  # seconds a form that people filled in waits for such a place
LONG_FROM = 1_000_000  # bytes from which an answer is large; the server takes smaller ones at once
REPORTS_KEPT = 2_000_000_000  # bytes of all files of reports; the oldest give way to new ones
DEFINITIONS_KEPT = 100_000  # of reports, for their links; most are far below a kilobyte
TEMPLATES_KEPT = 50  # of offices, at a time
TEMPLATE_AGE = 3000.0  # seconds one is kept: the file made with it is there long before
REPORTS = 60  # files made for one client in REPORTS_WINDOW; ready ones are not counted
REPORTS_WINDOW = 600.0  # seconds
REPORTS_WAITING = 20  # files to be made, waiting in one worker of the server
REPORT_TIME = 120.0  # seconds one file may take
