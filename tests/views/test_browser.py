"""The page in a real browser; skipped where there is no Chromium with its driver."""

import json
import shutil

import pytest

from kg.views import render_html

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

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


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    # Named, or selenium would look for a driver on the web.
    driver_program = shutil.which("chromedriver")
    if not program or not driver_program:
        pytest.skip("no Chromium with chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(driver_program))
    yield driver
    driver.quit()


@pytest.fixture
def show(browser, tmp_path):
    """Open the page of a graph, at a place in it."""

    def open_page(graph, place=""):
        path = tmp_path / "graph.html"
        path.write_bytes(render_html(graph))
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get_log("performance")
        browser.get(path.as_uri() + place)
        return browser

    return open_page


def panel(browser):
    return browser.find_element(By.ID, "panel").text


def drawn(browser):
    """The names of the nodes that are drawn."""
    script = "return shapes.get().filter((shape) => !shape.hidden).map(({ id }) => nodes[id].name)"
    return set(browser.execute_script(script))


def wait_for(browser, text):
    WebDriverWait(browser, 5).until(lambda _: text in panel(browser))


def requests(browser):
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


def test_it_opens_without_a_request_or_a_complaint(show, small_graph):
    browser = show(small_graph)
    assert "7 entities · 6 facts · 2 articles" in browser.find_element(By.TAG_NAME, "header").text
    assert "Condor Telescope" in panel(browser)
    urls = [url for url in requests(browser) if not url.startswith("data:")]
    assert urls == [browser.current_url]
    assert browser.get_log("browser") == []


def test_a_name_leads_to_the_sentence_with_the_keyboard_alone(show, small_graph):
    browser = show(small_graph)
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.switch_to.active_element
    assert box.get_attribute("id") == "query"
    box.send_keys("ct")
    options = browser.find_elements(By.CSS_SELECTOR, "#matches [role=option]")
    assert options[0].text.startswith("Condor Telescope")
    box.send_keys(Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
    wait_for(browser, "heads the Condor Telescope")
    text = panel(browser)
    assert "The Institute of Optics heads the Condor Telescope (CT)." in text
    assert "A telescope for the Andes" in text
    assert "17 May 2024 · pages/05.txt, line 4 · found by rules/verbs" in text
    assert "3 May 2024" in text
    assert browser.current_url.endswith("#project%2Fcondor-telescope")
    marked = {element.text for element in browser.find_elements(By.TAG_NAME, "mark")}
    assert {"Condor Telescope", "Institute of Optics"} <= marked


def test_accents_and_case_do_not_matter_when_searching(show, hostile_graph):
    browser = show(hostile_graph)
    assert browser.execute_script("return search('ZLUTOUCKY').length") == 2


def test_names_in_the_panel_lead_on_and_the_back_button_back(show, small_graph):
    browser = show(small_graph, "#project/condor-telescope")
    wait_for(browser, "3 May 2024")
    browser.find_element(By.XPATH, "//aside//button[contains(., 'Institute of Optics')]").click()
    wait_for(browser, "Lindholm University")
    assert browser.title.startswith("Institute of Optics")
    browser.find_element(By.XPATH, "//aside//cite/button").click()
    wait_for(browser, "by Ana Roth · The Science Post · 17 May 2024")
    browser.back()
    browser.back()
    wait_for(browser, "3 May 2024")


def test_a_line_shows_its_facts(show, small_graph):
    browser = show(small_graph)
    clicked = """
      const ends = ["Chile", "Sweden"].map((wanted) => nodes.findIndex((node) => node.name === wanted));
      const line = drawing.edges.find((edge) => ends.includes(edge.from) && ends.includes(edge.to));
      onCanvasClick({ nodes: [], edges: [line.id] });"""
    browser.execute_script(clicked)
    wait_for(browser, "Chile and Sweden cooperate in astronomy.")


def test_a_click_on_a_shape_opens_it(show, small_graph):
    browser = show(small_graph)
    where = browser.execute_script(
        "const id = nodes.findIndex((node) => node.name === 'Sweden');"
        "const at = network.canvasToDOM(network.getPositions([id])[id]);"
        "const box = stage.getBoundingClientRect(); return [box.left + at.x, box.top + at.y];"
    )
    mouse = webdriver.ActionChains(browser)
    mouse.w3c_actions.pointer_action.move_to_location(round(where[0]), round(where[1]))
    mouse.click().perform()
    wait_for(browser, "Chile and Sweden cooperate in astronomy.")
    assert browser.title.startswith("Sweden")


def test_the_type_filter_hides_and_reset_brings_back(show, small_graph):
    browser = show(small_graph)
    before = drawn(browser)
    assert {"Chile", "Condor Telescope"} <= before
    assert "Atacama Fund" not in before  # joined to nothing
    browser.find_element(By.XPATH, "//label[contains(., 'Countries')]").click()
    assert drawn(browser) == before - {"Chile", "Sweden"}
    browser.find_element(By.XPATH, "//label[contains(., 'Unconnected')]").click()
    assert "Atacama Fund" in drawn(browser)
    browser.find_element(By.ID, "reset").click()
    assert drawn(browser) == before


def test_the_country_filter_keeps_what_belongs_to_it(show, small_graph):
    browser = show(small_graph)
    Select(browser.find_element(By.ID, "country")).select_by_visible_text("Sweden")
    assert drawn(browser) == {"Sweden", "Chile"}
    Select(browser.find_element(By.ID, "country")).select_by_visible_text("Chile")
    assert drawn(browser) == {"Sweden", "Chile", "Condor Telescope", "Institute of Optics"}


def test_what_was_asked_for_is_shown_whatever_the_filters_say(show, small_graph):
    browser = show(small_graph, "#institution/atacama-fund")
    wait_for(browser, "state no fact about it")
    assert "Atacama Fund" in drawn(browser)


def test_a_link_to_nothing_opens_the_overview(show, small_graph):
    browser = show(small_graph, "#%E0%A4%A")
    wait_for(browser, "What this is")
    assert browser.get_log("browser") == []


def test_an_empty_graph_says_so(show):
    from rdflib import Graph

    browser = show(Graph())
    assert "This graph is empty" in browser.find_element(By.ID, "notice").text
    assert browser.get_log("browser") == []


def test_no_text_runs_wherever_it_is_shown(show, hostile_graph, hostile_texts):
    browser = show(hostile_graph)
    browser.execute_script("query.focus(); query.value = 'pwned'; showMatches();")
    # Open everything there is: entities, relations and articles.
    opened = browser.execute_script(
        """
        let opened = 0;
        for (const place of places.values()) {
          showPlace(place);
          opened += 1;
          for (const more of panel.querySelectorAll("li > button:not(.link)")) more.click();
          const strangers = "script, img, iframe, a, b, meta, base, link, svg[onload]";
          if (panel.querySelector(strangers)) return place;
        }
        return opened;"""
    )
    assert opened > 4 * len(hostile_texts)
    for kind in ("institution", "project"):
        browser.execute_script(f"goTo(nodes.find((node) => node.key.startsWith('{kind}')).key)")
    assert browser.execute_script("return typeof window.__pwned") == "undefined"
    assert [url for url in requests(browser) if not url.startswith(("data:", "file:"))] == []
    assert browser.get_log("browser") == []


def test_hostile_text_is_shown_as_it_stands(show, hostile_graph):
    browser = show(hostile_graph)
    browser.execute_script("showPlace(places.get(nodes.find((n) => n.name.startsWith('<img')).key))")
    assert browser.find_element(By.ID, "panel-title").text == "<img src=x onerror=window.__pwned=1>"


def test_on_a_phone_nothing_sticks_out(show, small_graph):
    browser = show(small_graph, "#project/condor-telescope")
    size = {"width": 375, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        width = browser.execute_script("return document.documentElement.scrollWidth")
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert width == 375
