//! One tab's knowledge of the session that all open tabs store: a tab may store before it sees what another has just
//! stored, and then both changes must survive. Reads and writes no storage.

use crate::Session;

/// How many writes a stored session names: more than tabs that could store before they see each other's.
const WRITES_NAMED: usize = 8;

/// The session as this tab has shared it.
#[derive(Clone, Debug, Default)]
pub struct SharedSession {
    /// As this tab read it at its start or stored it last: any difference is a change of this tab.
    base: Session,
    /// As this tab stored it before, if another tab has not seen the last write.
    earlier: Session,
    /// The number of the last write; 0: none.
    written: u32,
}

impl SharedSession {
    /// At the start of a tab.
    pub fn new(session: Session) -> Self {
        Self { earlier: session.clone(), base: session, written: 0 }
    }

    /// The session to store: ours, merged with theirs, which is stored. `number` is any number that no other write has.
    /// Returns also what this tab knows once it is stored.
    pub fn join(&self, ours: Session, theirs: Option<Session>, number: u32) -> (Session, Self) {
        let mut writes = vec![number];
        let mut is_seen = true;
        if let Some(theirs) = &theirs {
            is_seen = self.written == 0 || theirs.writes.contains(&self.written);
            writes.extend(theirs.writes.iter().take(WRITES_NAMED - 1));
        }
        // Who has not seen our last write has deleted nothing of it.
        let base = if is_seen { &self.base } else { &self.earlier };
        let mut joined = ours.clone();
        if let Some(theirs) = theirs {
            joined = joined.merge(base, theirs);
        }
        joined.writes = writes;
        (joined, Self { earlier: base.clone(), base: ours, written: number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::tests::{marked, names};

    #[test]
    fn what_another_tab_overwrites_unseen_comes_back() {
        let (one, other) = (SharedSession::new(marked(&[])), SharedSession::new(marked(&[])));
        let (_, one) = one.join(marked(&["Bass"]), None, 1);
        // The other tab has not seen the write: its own replaces it.
        let (stored, _) = other.join(marked(&["Bell"]), None, 2);
        let (stored, one) = one.join(marked(&["Bass"]), Some(stored), 3);
        assert_eq!(names(&stored), ["Bell", "Bass"]);
        let (stored, _) = one.join(marked(&["Bass"]), Some(stored), 4);
        assert_eq!(names(&stored), ["Bell", "Bass"]);
    }

    #[test]
    fn what_another_tab_has_seen_and_deleted_stays_deleted() {
        let one = SharedSession::new(marked(&[]));
        let (stored, one) = one.join(marked(&["Bass"]), None, 1);
        let other = SharedSession::new(stored.clone());
        let (stored, _) = other.join(marked(&[]), Some(stored), 2);
        assert!(names(&stored).is_empty());
        let (stored, _) = one.join(marked(&["Bass"]), Some(stored), 3);
        assert!(names(&stored).is_empty());
    }
}
