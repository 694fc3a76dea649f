//! Interface texts in Fluent, one bundle for each language. The only file that names fluent-bundle.

use crate::base::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

/// A fault in the syntax of a Fluent file.
pub(crate) struct TextsFault {
    /// The bytes that cannot be read.
    pub range: Range<usize>,
}

/// The messages of one Fluent file.
pub(crate) struct Messages {
    resource: Arc<FluentResource>,
    names: Vec<String>,
}

impl Messages {
    /// Reads a Fluent file; what can be read is kept, each fault is reported.
    pub(crate) fn read(text: &str) -> (Self, Vec<TextsFault>) {
        let (resource, faults) = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, faults)) => (resource, faults),
        };
        let names = resource
            .entries()
            .filter_map(|entry| match entry {
                Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            })
            .collect();
        let faults = faults
            .into_iter()
            .map(|fault| TextsFault {
                range: fault.slice.unwrap_or(fault.pos),
            })
            .collect();
        let resource = Arc::new(resource);
        (Self { resource, names }, faults)
    }

    /// Gives the names of the messages, in the order of the file.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Gives the names of the messages that are word for word as in another file, in the order of the file. Messages of fewer than
    /// three words are passed over: they may be the same in two languages.
    pub(crate) fn same_as(&self, other: &Self) -> Vec<&str> {
        let others: HashMap<&str, &Pattern<&str>> = other.patterns().collect();
        self.patterns()
            .filter(|(name, pattern)| {
                word_count(pattern) >= 3 && others.get(name).is_some_and(|other| other == pattern)
            })
            .map(|(name, _)| name)
            .collect()
    }

    fn patterns(&self) -> impl Iterator<Item = (&str, &Pattern<&str>)> {
        self.resource.entries().filter_map(|entry| match entry {
            Entry::Message(message) => Some((message.id.name, message.value.as_ref()?)),
            _ => None,
        })
    }
}

fn word_count(pattern: &Pattern<&str>) -> usize {
    let texts = pattern.elements.iter().filter_map(|element| match element {
        PatternElement::TextElement { value } => Some(value.split_whitespace().count()),
        PatternElement::Placeable { .. } => None,
    });
    texts.sum()
}

/// A piece of a message as a file has it.
pub(crate) enum WrittenPiece {
    /// These bytes of the file.
    Words(Range<usize>),
    /// A value that is filled in.
    Value,
}

/// Gives the messages of a Fluent file as they are written, each form of a plural for itself.
pub(crate) fn written_messages(text: &str) -> Vec<Vec<WrittenPiece>> {
    let resource = match fluent_syntax::parser::parse(text) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut messages = Vec::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry
            && let Some(pattern) = &message.value
        {
            written_pattern(text, pattern, &mut messages);
        }
    }
    messages
}

fn written_pattern(text: &str, pattern: &Pattern<&str>, messages: &mut Vec<Vec<WrittenPiece>>) {
    // The slices lie in the text, so their distance from its start is where they stand.
    let words = |slice: &str| {
        let start = slice.as_ptr().addr() - text.as_ptr().addr();
        WrittenPiece::Words(start..start + slice.len())
    };
    let mut pieces = Vec::new();
    for element in &pattern.elements {
        pieces.push(match element {
            PatternElement::TextElement { value } => words(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::StringLiteral { value }) => words(value),
                Expression::Inline(_) => WrittenPiece::Value,
                Expression::Select { variants, .. } => {
                    for variant in variants {
                        written_pattern(text, &variant.value, messages);
                    }
                    WrittenPiece::Value
                }
            },
        });
    }
    messages.push(pieces);
}

/// The texts of one language; where it lacks a message, the source language's stands in.
pub(crate) struct Texts {
    bundle: FluentBundle<Arc<FluentResource>>,
    /// The messages without arguments, since every page asks for the same ones.
    plain: HashMap<String, String>,
}

impl Texts {
    /// Puts files together, later ones over earlier ones.
    pub(crate) fn new<'a>(
        language: &Language,
        files: impl IntoIterator<Item = &'a Messages>,
    ) -> Self {
        let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        let mut names = Vec::new();
        for file in files {
            bundle.add_resource_overriding(Arc::clone(&file.resource));
            names.extend_from_slice(&file.names);
        }
        let mut texts = Self {
            bundle,
            plain: HashMap::new(),
        };
        texts.plain = names
            .into_iter()
            .map(|name| (name.clone(), texts.format(&name, None)))
            .collect();
        texts
    }

    /// Gives a message without arguments, or its name where no language has it.
    pub(crate) fn text(&self, name: &str) -> String {
        self.plain
            .get(name)
            .map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// Gives a message with text arguments filled in.
    pub(crate) fn with(&self, name: &str, arguments: &[(&str, &str)]) -> String {
        let mut values = FluentArgs::new();
        for (key, value) in arguments {
            values.set(*key, FluentValue::from(*value));
        }
        self.format(name, Some(&values))
    }

    /// Gives a message that depends on a number, in the plural form of the language.
    pub(crate) fn count(&self, name: &str, count: usize) -> String {
        let mut values = FluentArgs::new();
        values.set("count", FluentValue::from(count));
        self.format(name, Some(&values))
    }

    fn format(&self, name: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let pattern = self
            .bundle
            .get_message(name)
            .and_then(|message| message.value());
        let Some(pattern) = pattern else {
            return name.to_owned();
        };
        let mut problems = Vec::new();
        self.bundle
            .format_pattern(pattern, arguments, &mut problems)
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_and_not_translated_is_told_apart_from_short_words() {
        let english = Messages::read("a = Leave this site now\nb = Sources\nc = One two three\n").0;
        let french = Messages::read("c = Un deux trois\nb = Sources\na = Leave this site now\n").0;
        assert_eq!(french.same_as(&english), ["a"]);
    }

    fn texts(code: &str, file: &str) -> Texts {
        Texts::new(
            &Language::new(code).expect("a language"),
            [&Messages::read(file).0],
        )
    }

    #[test]
    fn plural_forms_follow_the_language() {
        let file = "pages = { $count ->\n    [one] one page\n   *[other] { $count } pages\n}\n";
        let english = texts("en", file);
        assert_eq!(english.count("pages", 1), "one page");
        assert_eq!(english.count("pages", 3), "3 pages");
        let arabic = texts(
            "ar",
            "pages = { $count ->\n    [two] صفحتان\n   *[other] { $count } صفحة\n}\n",
        );
        assert_eq!(arabic.count("pages", 2), "صفحتان");
    }

    #[test]
    fn a_broken_message_is_reported_and_the_others_are_kept() {
        let (messages, faults) = Messages::read("a = one\nb { two\nc = three\n");
        assert_eq!(messages.names(), ["a", "c"]);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].range.start, 8);
    }
}
