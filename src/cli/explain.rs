//! `explain`: says what a rule means, or lists all rules.
#![expect(clippy::print_stdout, reason = "the explanation is what was asked for")]

use crate::base::nearest::nearest;
use crate::cli::Ending;
use crate::finding::rules::{RULES, rule};
use crate::finding::{Failure, did_you_mean_and};

/// Runs the command.
pub(super) fn explain(name: Option<&str>) -> Result<Ending, Failure> {
    let Some(name) = name else {
        for rule in RULES {
            println!(
                "{:<28} {:<8} {}",
                rule.name,
                rule.severity.name(),
                rule.group.words()
            );
        }
        return Ok(Ending::Done);
    };
    let Some(rule) = rule(name) else {
        let near = nearest(name, RULES.iter().map(|rule| rule.name));
        let help = did_you_mean_and(near, "`stepdown explain` lists all rules");
        return Err(Failure::new(format!("there is no rule `{name}`")).help(help));
    };
    println!("# {}\n", rule.name);
    println!(
        "Group: {}. Severity: {}. It looks at {}.\n",
        rule.group.words(),
        rule.severity.name(),
        rule.scope.name()
    );
    println!("{}", rule.explain.trim());
    Ok(Ending::Done)
}
