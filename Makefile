# Each target is one call of tools/course.py; without make (Windows), type that call yourself: py tools/course.py learn
# `python tools/course.py help` lists all commands. PYTHON=python3.13 chooses the Python; NB=08 a chapter, or NB=path a
# notebook; JUPYTER_FLAGS="--no-browser --port=9000" is handed to JupyterLab; MY_COURSE=~/my_course is a learner's copy.
PYTHON ?= python3
.PHONY: learn edit book slides grade exam score export test test-seeds test-browser test-oracles test-grading test-grading-all test-book test-exam test-oldest test-newest bench bench-grading bench-book lint check refresh

learn:         ## set up .venv, copy what is missing into my_course/ and open JupyterLab there
	@$(PYTHON) tools/course.py learn

edit:          ## for authors: JupyterLab on the originals; then make refresh NB=08
	@$(PYTHON) tools/course.py edit

book:          ## the course as a web site in site/, served here and opened; LITE=1: with JupyterLite
	@$(PYTHON) tools/course.py book $(if $(LITE),--lite)

slides:        ## a lecture of 50 minutes for each chapter, or for one: make slides NB=08
	@$(PYTHON) tools/course.py slides $(NB)

grade:         ## points and feedback: make grade CHAPTER=01 SUBMITTED=FOLDER
	@$(PYTHON) tools/course.py grade $(CHAPTER) --submitted "$(SUBMITTED)"

exam:          ## a test for everybody: make exam SEED=7 STUDENTS=list.csv FLAGS="--questions 20 --chapters 01-10"
	@$(PYTHON) tools/course.py exam $(if $(SEED),--seed $(SEED)) $(if $(STUDENTS),--students "$(STUDENTS)") $(FLAGS)

score:         ## marks and item statistics: make score ANSWERS=exams/7/answers.csv
	@$(PYTHON) tools/course.py score "$(ANSWERS)"

export:        ## the question bank for Moodle, Canvas, GIFT or Anki: make export TO=moodle
	@$(PYTHON) tools/course.py export --to $(TO) $(FLAGS)

test:          ## unit tests, and every cell of every notebook
	@$(PYTHON) tools/course.py test

test-seeds:    ## lectures over more seeds, and with numbers changed (ten minutes)
	@$(PYTHON) tools/course.py test-seeds

test-browser:  ## JupyterLab in a real Chromium
	@$(PYTHON) tools/course.py test-browser

test-oracles:  ## the losses against PyTorch, Keras, optax and scikit-learn, in .venv-oracles
	@$(PYTHON) tools/course.py test-oracles

test-grading:  ## the grader against hostile and clumsy notebooks: the short part
	@$(PYTHON) tools/course.py test-grading

test-grading-all: ## and kills, a cluster, PostgreSQL, a hundred students for every chapter
	@$(PYTHON) tools/course.py test-grading-all

test-book:     ## every page of the book and every slide, in a real Chromium
	@$(PYTHON) tools/course.py test-book

test-exam:     ## printed tests, their keys, marks and exports
	@$(PYTHON) tools/course.py test-exam

test-oldest:   ## the tests with the oldest version that pyproject.toml allows of everything it names
	@$(PYTHON) tools/course.py test-oldest

test-newest:   ## the tests with the newest of everything (the newest NumPy needs the newest Python)
	@$(PYTHON) tools/course.py test-newest

lint:          ## ruff, on code and notebooks
	@$(PYTHON) tools/course.py lint

check:         ## which rules notebooks and questions break, and what is unusual in style
	@$(PYTHON) tools/course.py check $(NB)

refresh:       ## run notebooks afresh, generate the exercises and the map in README.md
	@$(PYTHON) tools/course.py refresh $(NB)

bench-grading: ## the same notebooks by nbgrader and by lossgrade, side by side
	@$(PYTHON) tools/course.py bench-grading

bench-book:    ## from a slider of the book to its picture, beside a bare change of SVG
	@$(PYTHON) tools/course.py bench-book

bench:         ## timings beside PyTorch, optax, scikit-learn and a bare Matplotlib drawing, as ratios
	@$(PYTHON) tools/course.py bench
