//! Names of what references name: given out first, so that no inline type can take one away.

use std::collections::BTreeSet;

use super::Lowering;
use crate::model::naming::phrase;
use crate::schema::SchemaId;

impl Lowering<'_> {
    /// Names every node that is referenced from `root` on, in the order a reader meets them.
    pub(super) fn name_references(&mut self, root: SchemaId) {
        let mut seen = BTreeSet::from([root]);
        let mut queue = vec![root];
        while let Some(id) = queue.pop() {
            let Some(keywords) = self.schemas.keywords(id) else {
                continue;
            };
            let targets: Vec<SchemaId> = [&keywords.reference, &keywords.dynamic_reference]
                .into_iter()
                .filter_map(|reference| reference.as_ref()?.target)
                .collect();
            let mut next: Vec<SchemaId> = keywords.children().collect();
            for target in targets {
                if !self.names.contains_key(&target) {
                    let phrase = self.reference_phrase(target);
                    let kept = self.elder.take(&self.origin(target), &phrase);
                    let name = kept.unwrap_or_else(|| {
                        let free = self.elder.free(&phrase);
                        self.unique(target, &free)
                    });
                    self.names.insert(target, name);
                }
                next.push(target);
            }
            next.reverse();
            queue.extend(next.into_iter().filter(|id| seen.insert(*id)));
        }
    }

    /// The last word of its pointer, or its file's name before the version.
    fn reference_phrase(&self, id: SchemaId) -> String {
        if let Some(word) = self.schemas.node(id).pointer.last() {
            return phrase(&word);
        }
        let path = &self.schemas.schema(id).path;
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.split('@').next().unwrap_or(file);
        phrase(stem.rsplit_once('.').map_or(stem, |(stem, _)| stem))
    }
}
