//! What a pass found, as a value that can be kept and said again: a part of a report in, JSON out, and back.
//!
//! Files are kept by name and read again, so that findings show the lines they are about.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Workspace;
use super::said::{Put, Said};
use crate::compat::{PairReport, Spot};
use crate::diagnostic::Diagnostics;
use crate::report::{Generated, Loaded, Report};
use crate::source::{Source, SourceId, Sources};
use crate::verify::{Counts, Outcomes};

/// A part of a report.
#[derive(Serialize, Deserialize)]
struct Kept {
    texts: Vec<Text>,
    found: Vec<Said>,
    loaded: Loaded,
    compared: bool,
    against: Option<String>,
    pairs: Vec<KeptPair>,
    generated: Vec<Generated>,
    verified: Option<Outcomes>,
    counts: Vec<(String, Counts)>,
}

/// A text that findings speak of.
#[derive(Serialize, Deserialize)]
struct Text {
    name: String,
    file: Option<std::path::PathBuf>,
    /// Of what is no file.
    content: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptPair {
    pair: PairReport,
    named: [String; 2],
    files: [usize; 2],
    /// Where each change is in old and new.
    spots: Vec<[Put; 2]>,
}

/// The part as a value; its sources are those of the run.
pub fn keep(part: &Report, sources: &Sources) -> Value {
    let labels = part.diagnostics.iter().flat_map(|it| &it.labels);
    let mut used: Vec<SourceId> = labels.map(|label| label.place.source).collect();
    used.extend(part.pairs.iter().flat_map(|pair| pair.files));
    let changes = part.pairs.iter().flat_map(|pair| &pair.changes);
    used.extend(changes.flat_map(|it| [it.spot.old.source, it.spot.new.source]));
    used.sort_unstable();
    used.dedup();
    let at = |id: SourceId| used.binary_search(&id).unwrap_or(0);
    let texts = used.iter().map(|id| {
        let source = sources.get(*id);
        let content = source.file.is_none().then(|| source.text.clone());
        Text {
            name: source.name.clone(),
            file: source.file.clone(),
            content,
        }
    });
    let pairs = part.pairs.iter().map(|pair| KeptPair {
        pair: pair.clone(),
        named: pair.named.clone(),
        files: pair.files.map(at),
        spots: pair
            .changes
            .iter()
            .map(|change| [&change.spot.old, &change.spot.new].map(|it| Put::of(it, &at)))
            .collect(),
    });
    let counts = part.verified.iter().flat_map(|it| &it.targets);
    let kept = Kept {
        texts: texts.collect(),
        found: part
            .diagnostics
            .iter()
            .map(|found| Said::of(found, &at))
            .collect(),
        loaded: part.loaded,
        compared: part.compared,
        against: part.against.clone(),
        pairs: pairs.collect(),
        generated: part.generated.clone(),
        verified: part.verified.clone(),
        counts: counts.map(|(name, it)| (name.clone(), *it)).collect(),
    };
    serde_json::to_value(kept).expect("a report is a JSON value")
}

/// The part again; `None` where the value is not of this version, or a file it speaks of is gone.
pub fn replay(value: &Value, workspace: &Workspace, sources: &mut Sources) -> Option<Report> {
    let kept: Kept = Kept::deserialize(value).ok()?;
    let mut ids = Vec::new();
    for text in kept.texts {
        let known = sources.iter().find(|(_, source)| source.name == text.name);
        let known = known.map(|(id, _)| id);
        let id = match (known, text.file, text.content) {
            (Some(id), _, _) => id,
            (None, Some(file), _) => {
                let content = Sources::read(&workspace.root.join(&file)).ok()?;
                sources.push(Source::new(text.name, content).of_file(file))
            }
            (None, None, content) => sources.add(text.name, content?),
        };
        ids.push(id);
    }
    let mut diagnostics = Diagnostics::default();
    for said in kept.found {
        diagnostics.push(said.again(&ids)?);
    }
    let mut pairs = Vec::new();
    for kept in kept.pairs {
        let [old, new] = kept.files;
        let mut pair = kept.pair;
        for (change, [old, new]) in pair.changes.iter_mut().zip(kept.spots) {
            change.spot = Spot {
                old: old.again(&ids)?,
                new: new.again(&ids)?,
            };
        }
        pairs.push(PairReport {
            named: kept.named,
            files: [*ids.get(old)?, *ids.get(new)?],
            ..pair
        });
    }
    let mut generated = kept.generated;
    for row in &mut generated {
        row.unchanged += std::mem::take(&mut row.written);
        row.removed = 0;
    }
    let verified = kept.verified.map(|it| Outcomes {
        targets: kept.counts.into_iter().collect(),
        ..it
    });
    Some(Report {
        diagnostics,
        loaded: kept.loaded,
        compared: kept.compared,
        against: kept.against,
        pairs,
        generated,
        verified,
        ..Report::default()
    })
}
