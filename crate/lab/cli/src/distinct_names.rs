//! Names of files and folders that are reported together: as short as possible, but no two the same.

use std::collections::HashSet;
use std::path::{Component, Path};

/// The last part of each path, with as many folders above it as the names need to differ. Equal paths keep equal names.
pub fn distinct_names(paths: &[impl AsRef<Path>]) -> Vec<String> {
    let parts: Vec<Vec<String>> = paths.iter().map(|path| parts(path.as_ref())).collect();
    let end = |own: &[String], count: usize| own[own.len().saturating_sub(count)..].join("/");
    let name = |own: &Vec<String>| {
        let is_own =
            |count: &usize| parts.iter().all(|other| other == own || end(other, *count) != end(own, *count));
        end(own, (1..own.len()).find(is_own).unwrap_or(own.len()))
    };
    parts.iter().map(name).collect()
}

/// True if no two names are the same.
pub fn are_distinct(names: &[String]) -> bool {
    names.iter().collect::<HashSet<_>>().len() == names.len()
}

/// The names of a path's folders from the root, and its own name; `.` has the name of its folder.
pub fn parts(path: &Path) -> Vec<String> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut parts = Vec::new();
    for component in whole.components() {
        match component {
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::ParentDir => drop(parts.pop()),
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_long_as_they_must_be() {
        for (paths, names) in [
            (&["a/sounds", "b/notes/"][..], &["sounds", "notes"][..]),
            (&["a/sounds", "b/sounds", "c/voices"], &["a/sounds", "b/sounds", "voices"]),
            (&["/a/x/test", "/b/x/test"], &["a/x/test", "b/x/test"]),
            (&["a/b/../test", "./a/test", "c/test"], &["a/test", "a/test", "c/test"]),
            (&["/test", "/a/test"], &["test", "a/test"]),
        ] {
            assert_eq!(distinct_names(paths), names);
        }
        assert!(!distinct_names(&["."])[0].is_empty());
    }
}
