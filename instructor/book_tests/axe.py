"""What axe-core finds on a page that somebody cannot use: of its faults those that it calls serious or critical."""

from axe_playwright_python.sync_playwright import Axe

SERIOUS = ("serious", "critical")


def serious(page, inside=None):
    """Return a line for each kind of fault, with its first place; `inside` is a selector."""
    found = Axe().run(page, context=inside, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in SERIOUS]
