"""What JupyterLab in .venv shows: the course, and nothing that tests or teachers have brought there."""

import contextlib
import json

# The test extra brings nbgrader, and nbgrader brings notebook. Their menus and buttons are not for learners, and their
# servers take seconds to start.
WINDOWS = ("@jupyter/nbgrader", "@jupyter-notebook/lab-extension")
SERVERS = (
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "notebook",
)
# Files in .venv, so the learner's own JupyterLab keeps its settings.
SETTINGS = {
    "share/jupyter/lab/settings/overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
    },
    "etc/jupyter/labconfig/page_config.json": {"disabledExtensions": dict.fromkeys(WINDOWS, True)},
    "etc/jupyter/jupyter_server_config.json": {
        "ServerApp": {"jpserver_extensions": dict.fromkeys(SERVERS, False)},
    },
}


def settle(folder):
    """Write the settings that are not there yet."""
    for name, settings in SETTINGS.items():
        path, text = folder / name, json.dumps(settings, indent=1)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        with contextlib.suppress(OSError):  # where nothing can be written, JupyterLab starts all the same
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
