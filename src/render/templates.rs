//! Templates: they frame a page and never make content. The only file that names tera.

use crate::base::place::Place;
use crate::base::words::lower_first;
use crate::finding::rules::TEMPLATE_ERROR;
use crate::finding::{Finding, Findings};
use crate::load::{Snapshot, SourceFile};
use tera::{Context, ErrorKind, Tera};

/// A value that a template can print.
pub(crate) type Value = tera::Value;

/// Gives text that is HTML already.
pub(crate) fn safe(html: &str) -> Value {
    Value::safe_string(html)
}

/// Gives any value that can be written as JSON.
pub(crate) fn value<T: serde::Serialize + ?Sized>(value: &T) -> Value {
    Value::from_serializable(value)
}

/// The values of one page.
#[derive(Clone, Default)]
pub(crate) struct Values(Context);

impl Values {
    /// Sets a value.
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        self.0.insert_value(name, value);
    }
}

/// The templates that every site has; a page that lacks one of them cannot be made.
#[cfg(test)]
const REQUIRED: [&str; 5] = [
    "base.html",
    "page.html",
    "404.html",
    "redirect.html",
    "start-here.html",
];

/// All templates of a site.
pub(crate) struct Templates {
    tera: Tera,
}

impl Templates {
    /// Reads the templates. A broken one of the site is a finding, and the built-in ones stand in.
    pub(crate) fn read(snapshot: &Snapshot, findings: &mut Findings) -> Self {
        let files: Vec<&SourceFile> = snapshot
            .below("templates/")
            .filter(|file| file.is_text() && is_template(file.path.ending()))
            .collect();
        let mut tera = empty();
        if tera
            .add_raw_templates(files.iter().map(|file| (name(file), file.text())))
            .is_ok()
        {
            return Self { tera };
        }
        let mut alone_ok = true;
        for file in &files {
            if let Err(error) = empty().add_raw_template(name(file), file.text())
                && is_own_fault(&error, &files)
            {
                alone_ok = false;
                findings.push(finding(snapshot, Some(file), &error));
            }
        }
        if alone_ok
            && let Err(error) =
                empty().add_raw_templates(files.iter().map(|file| (name(file), file.text())))
        {
            findings.push(finding(snapshot, None, &error));
        }
        Self { tera: built_in() }
    }

    /// Renders a template; gives a finding where it fails.
    pub(crate) fn render(
        &self,
        template: &str,
        values: &Values,
        snapshot: &Snapshot,
        findings: &mut Findings,
    ) -> String {
        match self.tera.render(template, &values.0) {
            Ok(text) => text,
            Err(error) => {
                findings.push(finding(snapshot, None, &error));
                String::new()
            }
        }
    }
}

fn empty() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".xml", ".svg", ".xhtml", ".opf"]);
    tera
}

fn built_in() -> Tera {
    let mut tera = empty();
    let files =
        crate::load::starter_files(crate::load::Starter::LookOnly).filter_map(|(path, bytes)| {
            let name = path.strip_prefix("templates/")?;
            let ending = name.rsplit_once('.')?.1;
            is_template(ending).then(|| {
                (
                    name,
                    std::str::from_utf8(bytes).expect("built-in templates are UTF-8"),
                )
            })
        });
    tera.add_raw_templates(files)
        .expect("the built-in templates fit together, as a test proves");
    tera
}

fn is_template(ending: &str) -> bool {
    matches!(ending, "html" | "xml" | "xhtml" | "svg" | "opf")
}

fn name(file: &SourceFile) -> &str {
    file.path.as_str().trim_start_matches("templates/")
}

/// Tells whether a template is broken by itself, and not only because what it extends or includes was not added with it.
fn is_own_fault(error: &tera::Error, files: &[&SourceFile]) -> bool {
    match error.kind() {
        ErrorKind::MissingParent { .. }
        | ErrorKind::TemplateNotFound(_)
        | ErrorKind::ComponentNotFound(_) => false,
        ErrorKind::SyntaxError(_) | ErrorKind::RenderingError(_) => {
            let message = error.to_string();
            !files
                .iter()
                .any(|file| message.contains(&format!("Unknown template `{}`", name(file))))
        }
        _ => true,
    }
}

fn finding(snapshot: &Snapshot, file: Option<&SourceFile>, error: &tera::Error) -> Finding {
    let help = "mend the template, or delete it so that the built-in one is used again";
    let (message, name, range) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            report.message().to_owned(),
            report.filename().to_owned(),
            report.span().range.clone(),
        ),
        ErrorKind::CircularInclude { tpl, include_chain } => (
            format!(
                "the template includes itself: {}",
                include_chain.join(" → ")
            ),
            tpl.clone(),
            0..0,
        ),
        ErrorKind::CircularExtend { tpl, .. } => {
            ("the template extends itself".to_owned(), tpl.clone(), 0..0)
        }
        ErrorKind::MissingParent { current, parent } => (
            format!("the template extends `{parent}`, which does not exist"),
            current.clone(),
            0..0,
        ),
        other => (other.to_string(), String::new(), 0..0),
    };
    let file = file.or_else(|| {
        snapshot.find(&crate::base::path::SitePath::new(&format!(
            "templates/{name}"
        )))
    });
    let message = format!("the template cannot be used: {}", one_sentence(&message));
    match file {
        Some(file) => Finding::new(&TEMPLATE_ERROR, Place::new(file.id, range), message).help(help),
        None => Finding::of_site(&TEMPLATE_ERROR, message).help(help),
    }
}

/// Gives tera's message as one sentence without a full stop.
fn one_sentence(message: &str) -> String {
    lower_first(message.replace('\n', " ").trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_templates_fit_together_and_none_is_missing() {
        let tera = built_in();
        for name in REQUIRED {
            assert!(tera.contains_template(name), "{name}");
        }
    }
}
