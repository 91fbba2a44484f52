"""Printed tests, their keys and exports of the question bank."""
