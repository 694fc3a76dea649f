//! The graded questions of `tests/search/queries.toml`, and how well results answer them.

use std::collections::BTreeMap;
use std::path::Path;
use stepdown::search::Shown;

/// A graded question.
#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct Query {
    /// What is typed.
    pub words: String,
    /// The language of the site.
    pub language: String,
    /// What sort of question it is.
    pub kind: String,
    /// The fixed answer that it must get.
    pub answer: Option<String>,
    /// The pages that help: how much, from 1 to 3.
    pub pages: BTreeMap<String, u32>,
}

/// Reads the questions.
pub(crate) fn queries() -> Vec<Query> {
    #[derive(serde::Deserialize)]
    struct File {
        query: Vec<Query>,
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/queries.toml");
    let text = std::fs::read_to_string(path).unwrap();
    toml::from_str::<File>(&text).unwrap().query
}

/// How well the results of many questions answer them, from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quality {
    /// Normalized discounted cumulative gain of the first ten results, with gains of 2^grade - 1 (Järvelin and Kekäläinen 2002, in the form
    /// of Burges et al. 2005).
    pub ndcg: f64,
    /// Mean reciprocal rank of the first page with a grade of 2 or more, within ten.
    pub mrr: f64,
    /// The share of questions with a page of any grade among the first ten.
    pub answered: f64,
    /// How many questions were counted: those that some page helps.
    pub count: usize,
}

impl Quality {
    /// Measures results.
    pub(crate) fn of<'a>(results: impl Iterator<Item = (&'a Query, &'a Shown)>) -> Self {
        let mut sum = Self::default();
        for (query, shown) in results.filter(|(query, _)| !query.pages.is_empty()) {
            let grades: Vec<u32> = shown
                .results
                .iter()
                .take(10)
                .map(|page| query.grade(&page.url))
                .collect();
            let mut ideal: Vec<u32> = query.pages.values().copied().collect();
            ideal.sort_unstable_by(|left, right| right.cmp(left));
            sum.ndcg += gain(&grades) / gain(&ideal[..ideal.len().min(10)]);
            let goal = ideal[0].min(2);
            let first = grades.iter().position(|grade| *grade >= goal);
            sum.mrr += first.map_or(0.0, |at| 1.0 / (number(at) + 1.0));
            sum.answered += f64::from(u8::from(grades.iter().any(|grade| *grade > 0)));
            sum.count += 1;
        }
        let count = number(sum.count.max(1));
        Self {
            ndcg: sum.ndcg / count,
            mrr: sum.mrr / count,
            answered: sum.answered / count,
            count: sum.count,
        }
    }
}

impl Query {
    /// Gives the grade of the page at an address.
    pub(crate) fn grade(&self, url: &str) -> u32 {
        let address = url.split('#').next().unwrap_or(url);
        let key = address
            .split_once('/')
            .map_or("", |(_, rest)| rest)
            .trim_end_matches(".html");
        self.pages.get(key).copied().unwrap_or(0)
    }
}

fn gain(grades: &[u32]) -> f64 {
    let terms = grades.iter().enumerate();
    terms
        .map(|(at, grade)| (f64::from(2_u32.pow(*grade)) - 1.0) / (number(at) + 2.0).log2())
        .sum()
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}
