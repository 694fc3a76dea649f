//! Everything that names editions names those that can be made, and no others.

use crate::support::program::run;
use std::fs;

/// Editions that people know from elsewhere or that are planned.
const OTHERS: [&str; 4] = ["single", "epub", "print", "pdf"];

#[test]
fn help_completions_schema_and_settings_name_the_editions_that_can_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(folder.path(), &["build", "--help"]).ends_with(0).out;
    let values = help.split("Possible values:").nth(1).unwrap();
    let named = values.lines().map(str::trim);
    let named: Vec<&str> = named.filter(|line| line.starts_with("- ")).collect();
    assert_eq!(
        named,
        [
            "- web: a folder for a web server",
            "- zip: the same in one file to send"
        ]
    );
    let bash = run(folder.path(), &["completions", "bash"])
        .ends_with(0)
        .out;
    let offered = bash
        .split("--edition)")
        .filter_map(|part| part.split("-W \"").nth(1)?.split('"').next())
        .find(|words| words.contains("web"));
    assert_eq!(offered, Some("web zip"));

    run(folder.path(), &["init"]).ends_with(0);
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let schema = read(".stepdown/schemas/stepdown.schema.json");
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let words = &schema["properties"]["editions"]["items"]["enum"];
    assert_eq!(*words, serde_json::json!(["web", "zip"]));
    let settings = read("stepdown.toml");
    assert!(settings.contains("\neditions = [\"web\", \"zip\"]\n"));
    assert!(settings.contains(
        "makes: \"web\" (a folder for a web server) and \"zip\" (the same in one file to send).\n"
    ));
    for other in OTHERS {
        let quoted = format!("\"{other}\"");
        assert!(!settings.contains(&quoted), "{other}");
    }
}
