"""Grades the course's exercises: from a folder of notebooks to points, feedback and the class's typical mistakes.

    lossgrade grade 01 --submitted FOLDER      what most lecturers need; `lossgrade --help` lists the rest

Student code runs in a sandbox (`inside`), which gets inputs and gives back JSON. All that decides points happens
outside, by the same `judge` that answers a learner's `check`.
"""
