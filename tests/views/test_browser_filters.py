"""What the network shows and hides, in a real browser."""

import pytest
from chromium import drawn, wait_for, wait_until_drawn
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait


def test_the_type_filter_hides_and_reset_brings_back(show, small_graph):
    browser = show(small_graph)
    before = drawn(browser)
    assert {"Chile", "Condor Telescope"} <= before
    assert "Atacama Fund" not in before  # joined to nothing
    browser.find_element(By.XPATH, "//label[contains(., 'Countries')]").click()
    wait_until_drawn(browser, before - {"Chile", "Sweden"})
    assert browser.current_url.endswith("#type=Institution,Project,Place")
    browser.find_element(By.XPATH, "//label[contains(., 'Unconnected')]").click()
    browser.find_element(By.CSS_SELECTOR, "[data-view=all]").click()
    wait_until_drawn(browser, (before | {"Atacama Fund", "Atacama"}) - {"Chile", "Sweden"})
    browser.find_element(By.ID, "reset").click()
    wait_until_drawn(browser, before)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("#country=country/se", {"Sweden", "Chile"}),
        ("#country=country/cl", {"Sweden", "Chile", "Condor Telescope", "Institute of Optics"}),
        (
            "#institution=institution/lindholm-university",
            {"Lindholm University", "Institute of Optics", "Condor Telescope"},
        ),
        ("#from=2024-06", {"Chile", "Sweden"}),
        ("#to=2000", {"Lindholm University"}),
        ("#from=2024-05&to=2024-05-03&type=Project,Country", {"Condor Telescope", "Chile"}),
        ("#belief=0.95", {"Condor Telescope", "Institute of Optics"}),
        ("#belief=0.9&country=country/se", {"Sweden", "Chile"}),
    ],
)
def test_filters_in_a_link_combine(show, small_graph, place, expected):
    assert drawn(show(small_graph, place)) == expected


def test_a_filter_that_is_set_by_hand_stands_in_the_address(show, small_graph):
    browser = show(small_graph)
    Select(browser.find_element(By.ID, "country")).select_by_visible_text("Sweden")
    wait_until_drawn(browser, {"Sweden", "Chile"})
    browser.find_element(By.ID, "from").send_keys("2024-06")
    WebDriverWait(browser, 5).until(lambda _: "from=2024-06" in browser.current_url)
    assert "country=country/se" in browser.current_url
    browser.find_element(By.ID, "from").send_keys("x")
    assert browser.find_element(By.ID, "from").get_attribute("aria-invalid") == "true"


def test_filters_that_leave_nothing_say_so(show, small_graph):
    browser = show(small_graph, "#from=2030")
    assert browser.find_element(By.ID, "notice").text == "Nothing passes all filters."


def test_surroundings_grow_with_the_steps(show, small_graph):
    near = {"Institute of Optics", "Condor Telescope", "Chile"}
    browser = show(small_graph, "#at=project/condor-telescope&view=near")
    assert drawn(browser) == near
    browser.find_element(By.XPATH, "//aside//button[. = '2 steps']").click()
    wait_until_drawn(browser, near | {"Lindholm University", "Sweden"})


def test_neighbours_come_and_go(show, made_up_graph):
    browser = show(made_up_graph(500))
    before = drawn(browser)
    hidden = """
      const isHidden = (index) => !drawn.shown.has(index);
      return [...drawn.shown.keys()].find((index) => [...neighboursOf[index]].some(isHidden))"""
    index = browser.execute_script(hidden)
    browser.execute_script("toggleOpen(arguments[0])", index)
    wanted = browser.execute_script("return [...neighboursOf[arguments[0]]].map((i) => nodes[i].name)", index)
    wait_until_drawn(browser, before | set(wanted))
    browser.execute_script("toggleOpen(arguments[0])", index)
    wait_until_drawn(browser, before)


def test_what_hangs_on_an_entity_alone_can_be_sent_away(show, small_graph):
    browser = show(small_graph, "#at=institution/institute-of-optics")
    browser.find_element(By.XPATH, "//aside//button[. = 'Hide what hangs on it']").click()
    WebDriverWait(browser, 5).until(lambda _: "Lindholm University" not in drawn(browser))
    assert "Condor Telescope" in drawn(browser)


def test_what_was_asked_for_is_shown_whatever_the_filters_say(show, small_graph):
    browser = show(small_graph, "#at=institution/atacama-fund&type=Country")
    wait_for(browser, "state no fact about it")
    assert "Atacama Fund" in drawn(browser)
