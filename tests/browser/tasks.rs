//! Five tasks of readers, walked on a telephone by tapping the words that can be seen.

use crate::chromium::{Mode, Tab};
use crate::sites::{fail_with, page};

/// What a reader wants, from the first page on.
struct Task {
    wanted: &'static str,
    /// The words that are tapped, one after the other.
    taps: &'static [&'static str],
    /// The words that answer the question.
    answer: &'static str,
    /// The number to call, if a call is the answer.
    call: Option<&'static str>,
}

/// No task takes more taps than these.
const MOST_TAPS: usize = 3;

const TASKS: [Task; 5] = [
    Task {
        wanted: "lorazepam ran out on Sunday",
        taps: &["I have run out or missed doses"],
        answer: "Get help today, even at night, if: you have run out, or will before you can get more",
        call: Some("tel:911"),
    },
    Task {
        wanted: "someone cannot be woken",
        taps: &["Someone cannot be woken or is barely breathing"],
        answer: "cannot be woken",
        call: Some("tel:911"),
    },
    Task {
        wanted: "what is a taper",
        taps: &["to plan a taper"],
        answer: "A taper lowers the dose step by step, planned with a prescriber",
        call: None,
    },
    Task {
        wanted: "print this for my mother",
        taps: &["I care about someone", PRINT],
        answer: "Help them reach their doctor",
        call: None,
    },
    Task {
        wanted: "is this dependence",
        taps: &["Dependence and tolerance", "Dependence or addiction?"],
        answer: "Physical dependence means the body has adapted",
        call: None,
    },
];

const PRINT: &str = "Print this page";

#[test]
fn five_tasks_are_done_on_a_phone_within_three_taps() {
    let mut faults = Vec::new();
    for task in &TASKS {
        assert!(task.taps.len() <= MOST_TAPS, "{}", task.wanted);
        let mut tab = Tab::open();
        tab.before_pages("window.print = () => { window.printed = (window.printed ?? 0) + 1 }");
        tab.be_a_phone();
        tab.visit(&page("library", "en/index.html").http());
        let done = task.taps.iter().try_for_each(|words| tap(&mut tab, words));
        if let Err(fault) = done.and_then(|()| answered(&mut tab, task)) {
            faults.push(format!("{}: {fault}", task.wanted));
        }
    }
    fail_with(faults);
}

#[test]
fn on_paper_a_page_has_no_navigation_but_addresses_folded_parts_numbers_and_dates() {
    let mut tab = Tab::open();
    tab.scripts(false);
    tab.size(794, 1123);
    tab.show(Mode::Print);
    let mut faults = Vec::new();
    for (site, address) in [
        ("library", "en/families-crisis/helping-someone.html"),
        ("gallery", "en/components/story-and-more.html"),
        ("gallery", "en/components/text.html"),
    ] {
        let page = page(site, address);
        tab.visit(&page.http());
        let found = tab.found(include_str!("paper.js")).into_iter();
        faults.extend(found.map(|fault| format!("{}: {fault}", page.name())));
    }
    fail_with(faults);
}

/// Taps the first link or button that shows some words, and waits for what follows.
fn tap(tab: &mut Tab, words: &str) -> Result<(), String> {
    let element = format!(
        "[...document.querySelectorAll('main a, main summary, button, a')].find((element) => \
         element.checkVisibility({{ visibilityProperty: true }}) && element.innerText.trim().startsWith({words:?}))"
    );
    if !tab.is(&format!("Boolean({element})")) {
        let here = tab.text("location.pathname");
        return Err(format!("{here} has no link or button {words:?}"));
    }
    if words == PRINT {
        tab.tap(&element);
        tab.wait_until("window.printed === 1");
        return Ok(());
    }
    let before = tab.text("location.href");
    tab.tap(&element);
    tab.wait_until(&format!(
        "location.href !== {before:?} && document.readyState === 'complete'"
    ));
    Ok(())
}

/// Looks for the answer, and for the number to call on the first screen.
fn answered(tab: &mut Tab, task: &Task) -> Result<(), String> {
    let answer = format!(
        "document.querySelector('main').innerText.replace(/\\s+/g, ' ').includes({:?})",
        task.answer
    );
    if !tab.is(&answer) {
        return Err(format!("the page does not say {:?}", task.answer));
    }
    let Some(number) = task.call else {
        return Ok(());
    };
    let shown = format!(
        "[...document.querySelectorAll('main a[href=\"{number}\"]')].some((link) => {{ \
         const box = link.getBoundingClientRect(); \
         return box.width > 0 && box.top >= 0 && box.bottom <= innerHeight; }})"
    );
    if tab.is(&shown) {
        Ok(())
    } else {
        Err(format!("{number} is not on the first screen of the page"))
    }
}
