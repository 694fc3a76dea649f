//! The rules: every kind of fault that Stepdown can find, in one table.
//!
//! Names are public and stable, since people write them into their settings. Each rule has a page of explanation beside this file.

use crate::base::words::upper_first;

/// What a fault does to readers; texts say these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Could hurt someone.
    CouldHurt,
    /// Broken.
    Broken,
    /// Could be clearer.
    CouldBeClearer,
}

impl Group {
    /// All groups, the gravest first.
    pub(crate) const ALL: [Self; 3] = [Self::CouldHurt, Self::Broken, Self::CouldBeClearer];

    /// Gives the group's words.
    pub fn words(self) -> &'static str {
        match self {
            Self::CouldHurt => "could hurt someone",
            Self::Broken => "broken",
            Self::CouldBeClearer => "could be clearer",
        }
    }

    /// Says what the group means, in whole sentences.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::CouldHurt => {
                "A reader could come to harm, for example by a wrong telephone number."
            }
            Self::Broken => "Something does not work, or would be missing.",
            Self::CouldBeClearer => {
                "Everything works, but readers could understand it better, or get it sooner. These findings never stop a build."
            }
        }
    }
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Must be mended before the site is built.
    Error,
}

impl Severity {
    /// Gives the severity's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule must see to decide about a file, beside the settings. Tests show that each rule needs as much as it says, and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The file alone.
    Document,
    /// A page with all data, shared texts, records and pictures, the pages that it leads to, and the page that it translates.
    Page,
    /// All files of the site, but no template, unless the fault is in one.
    Site,
    /// The finished pages, with what templates put around them.
    Output,
}

impl Scope {
    /// Gives the scope's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "one file",
            Self::Page => "one page with what it includes and leads to",
            Self::Site => "the whole site",
            Self::Output => "the finished pages",
        }
    }
}

/// A kind of fault.
#[derive(Debug, PartialEq)]
pub struct Rule {
    /// The public name.
    pub name: &'static str,
    /// What the fault does to readers, unless the finding says otherwise.
    pub group: Group,
    /// How bad it is, unless the finding says otherwise.
    pub severity: Severity,
    /// What the rule must see.
    pub scope: Scope,
    /// What it means, why it matters, how to decide and how to mend, in Markdown.
    pub explain: &'static str,
}

impl Rule {
    /// Gives the name as words, such as "Missing alt text".
    pub(crate) fn title(&self) -> String {
        let words = self.name.split('-').map(|word| match word {
            "html" => "HTML",
            "id" => "ID",
            "utf8" => "UTF-8",
            word => word,
        });
        upper_first(&words.collect::<Vec<_>>().join(" "))
    }
}

macro_rules! rules {
    ($($id:ident $name:literal $group:ident $severity:ident $scope:ident)*) => {
        $(
            #[doc = concat!("The rule `", $name, "`.")]
            pub(crate) static $id: Rule = Rule {
                name: $name,
                group: Group::$group,
                severity: Severity::$severity,
                scope: Scope::$scope,
                explain: include_str!(concat!("explain/", $name, ".md")),
            };
        )*
        /// All rules, by name.
        pub static RULES: &[&Rule] = &[$(&$id),*];
    };
}

rules! {
    ADDRESS_CLASH "address-clash" Broken Error Site
    ALLOW_WITHOUT_REASON "allow-without-reason" Broken Error Document
    BROKEN_ANCHOR "broken-anchor" Broken Error Page
    BROKEN_LINK "broken-link" Broken Error Page
    DUPLICATE_ID "duplicate-id" Broken Error Page
    EMBED_CYCLE "embed-cycle" Broken Error Page
    EXTRA_CELL "extra-cell" CouldHurt Error Document
    HEAVY_PICTURE "heavy-picture" CouldBeClearer Warning Site
    INTERNAL_ID_IN_OUTPUT "internal-id-in-output" Broken Error Output
    LEFTOVER_MARKUP "leftover-markup" CouldHurt Error Page
    LEFTOVER_REFERENCE "leftover-reference" Broken Error Document
    LONG_NAME "long-name" CouldBeClearer Warning Document
    LONG_TITLE "long-title" CouldBeClearer Warning Document
    LOW_CONTRAST "low-contrast" Broken Error Site
    MISPLACED_FILE "misplaced-file" Broken Error Page
    MISSING_ALT_TEXT "missing-alt-text" Broken Error Document
    MISSING_IMAGE "missing-image" Broken Error Page
    MISSING_KEY "missing-key" Broken Error Document
    MISSING_MESSAGE "missing-message" Broken Warning Site
    NO_HEADINGS "no-headings" CouldBeClearer Warning Page
    NOT_UTF8 "not-utf8" Broken Error Document
    OUTSIDE_REQUEST "outside-request" CouldHurt Error Output
    OVERDUE_REVIEW "overdue-review" CouldHurt Warning Page
    PLACEHOLDER_WITHOUT_VALUE "placeholder-without-value" CouldHurt Warning Site
    RAW_HTML "raw-html" Broken Error Document
    REPEATED_KEY "repeated-key" Broken Error Document
    TEMPLATE_ERROR "template-error" Broken Error Site
    TOO_DEEP "too-deep" Broken Error Document
    TOO_LARGE "too-large" Broken Error Document
    UNCHECKED_TRANSLATION "unchecked-translation" CouldHurt Error Page
    UNCLOSED_COMMENT "unclosed-comment" CouldHurt Error Document
    UNKNOWN_CALLOUT "unknown-callout" Broken Error Document
    UNKNOWN_EMBED "unknown-embed" Broken Error Page
    UNKNOWN_KEY "unknown-key" Broken Error Document
    UNKNOWN_PERSON "unknown-person" Broken Error Page
    UNKNOWN_PLACEHOLDER "unknown-placeholder" CouldHurt Error Page
    UNKNOWN_SOURCE "unknown-source" Broken Error Page
    UNPUBLISHED_NUMBER "unpublished-number" CouldHurt Error Page
    UNREVIEWED_PAGE "unreviewed-page" CouldHurt Error Page
    UNSAFE_NAME "unsafe-name" Broken Warning Document
    WIDE_TABLE "wide-table" CouldBeClearer Warning Document
    WITHDRAWN_SOURCE "withdrawn-source" Broken Warning Page
    WRONG_ROW "wrong-row" Broken Error Page
    WRONG_SYNTAX "wrong-syntax" Broken Error Document
    WRONG_VALUE "wrong-value" Broken Error Page
}

/// Finds a rule by its name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order_and_each_is_explained() {
        assert!(RULES.is_sorted_by(|left, right| left.name < right.name));
        for rule in RULES {
            for part in ["## Why it matters", "## How to decide", "## How to mend"] {
                assert!(rule.explain.contains(part), "{} lacks {part}", rule.name);
            }
        }
    }
}
