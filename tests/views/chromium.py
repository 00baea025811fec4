"""Chromium and what the browser tests look at in it; they are skipped where there is none with its driver."""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-prefers-reduced-motion",
    "--window-size=1300,900",
)


PAGES = ("index.html", "graph.html", "countries.html", "timeline.html")
AXE = Path(os.environ.get("AXE", Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"))


@contextmanager
def chromium(profile):
    """A browser that keeps what it knows in the folder `profile`; None where there is no such program."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    # Named, or selenium would look for a driver on the web.
    driver_program = shutil.which("chromedriver")
    if not program or not driver_program:
        yield None
        return
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_program))
    try:
        yield driver
    finally:
        driver.quit()


def panel(browser):
    return browser.find_element(By.ID, "panel").text


def drawn(browser):
    """The names of the nodes that are drawn."""
    return set(browser.execute_script("return [...drawn.shown.keys()].map((index) => nodes[index].name)"))


def title(drawn_thing):
    """The name of something in a picture."""
    return drawn_thing.find_element(By.CSS_SELECTOR, "title").get_attribute("textContent")


def wait_for(browser, text):
    WebDriverWait(browser, 5).until(lambda _: text in panel(browser))


def wait_until_drawn(browser, names):
    WebDriverWait(browser, 5).until(lambda _: drawn(browser) == names)


def requests(browser):
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
