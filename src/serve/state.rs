//! What is served now: the last version of the site, what was found in it, and what went wrong where there is none.
//!
//! The thread that owns the site puts a new state in the place of the old one. Requests only look.

use super::http::Listening;
use crate::build::{Numbers, Version};
use crate::finding::Findings;
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// What is served at one moment.
#[derive(Clone)]
pub(super) struct State {
    /// Which version this is, and in which of them things changed last.
    pub numbers: Numbers,
    /// The site, or why it could not be made.
    pub site: Result<Arc<Version>, Trouble>,
    /// What was found in it so far.
    pub known: Arc<Known>,
    /// Where pages went whose files were renamed or moved, by their earlier addresses.
    pub moved: Arc<HashMap<String, String>>,
}

/// Why a site could not be made: no author can mend this in the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// What went wrong, in one sentence.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What was found in a version of the site.
#[derive(Default)]
pub(super) struct Known {
    /// The findings, sorted, with what is allowed marked.
    pub findings: Findings,
    /// Whether the whole site was looked at.
    pub is_complete: bool,
    /// Rises whenever something else is known.
    pub number: u64,
}

/// The state that all requests share.
pub(super) struct Shared {
    /// Tells this run of the program from any other.
    pub session: String,
    /// Known only to pages of this server, so that no other page can make it open files.
    pub key: String,
    state: RwLock<Arc<State>>,
    /// Held while pages are told, so that they never hear of an older state last.
    telling: Mutex<()>,
}

impl Shared {
    /// Starts with a site that is being made.
    pub(super) fn new(session: String, key: String) -> Self {
        let state = State {
            numbers: Numbers::default(),
            site: Err(Trouble {
                message: "the site is being made for the first time".to_owned(),
                help: Some("wait a moment; this page then shows it by itself".to_owned()),
            }),
            known: Arc::default(),
            moved: Arc::default(),
        };
        Self {
            session,
            key,
            state: RwLock::new(Arc::new(state)),
            telling: Mutex::default(),
        }
    }

    /// Gives the state of this moment.
    pub(super) fn now(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another state in its place.
    pub(super) fn set(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
    }

    /// Puts another state in its place, if it gives one; tells whether it did.
    pub(super) fn change(&self, next: impl FnOnce(&State) -> Option<State>) -> bool {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let next = next(&state);
        let is_changed = next.is_some();
        if let Some(next) = next {
            *state = Arc::new(next);
        }
        is_changed
    }

    /// Tells all pages of the state of this moment.
    pub(super) fn announce(&self, listening: &Listening) {
        let _telling = self.telling.lock().unwrap_or_else(PoisonError::into_inner);
        listening.announce(self.event());
    }

    /// Gives the event that tells pages of the state of this moment.
    pub(super) fn event(&self) -> String {
        let state = self.now();
        json!({
            "session": self.session,
            "version": state.numbers.version,
            "styles": state.numbers.styles,
            "pages": state.numbers.pages,
            "files": state.numbers.files,
            "findings": state.known.number,
        })
        .to_string()
    }
}
