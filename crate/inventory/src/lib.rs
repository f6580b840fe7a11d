//! Lists that are put together before `main`: each `submit!` anywhere in the program adds a value to
//! the list of its type, `iter` walks it. tract's kernels find each other this way.
//!
//! The root manifest puts this crate in the place of `inventory` from crates.io, whose interface it
//! keeps as far as tract uses it. The difference: tract-core's named model transforms and runtimes are
//! not listed. Nothing here calls for them, but a listed function can never be left out by the linker,
//! and through them hang convolutions, Fourier transforms and all else that tract can do: half of what
//! the page would have to download.

use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

/// A type that has a list; see [`collect!`].
pub trait Collect: Sync + Sized + 'static {
    #[doc(hidden)]
    fn registry() -> &'static Registry;
}

/// The values of one type, last submitted first.
#[doc(hidden)]
pub struct Registry {
    head: AtomicPtr<Node>,
}

/// One submitted value. It lives in a static of the macro's making.
#[doc(hidden)]
pub struct Node {
    pub value: &'static dyn Listed,
    pub link: ListLink,
}

/// Where in its list a node stands, once it does.
#[doc(hidden)]
pub struct ListLink {
    next: AtomicPtr<Node>,
    submitted: AtomicBool,
}

/// Any [`Collect`], its type forgotten.
#[doc(hidden)]
pub trait Listed: Sync {
    fn registry(&self) -> &'static Registry;
}

impl<Value: Collect> Listed for Value {
    fn registry(&self) -> &'static Registry {
        Value::registry()
    }
}

impl Registry {
    #[doc(hidden)]
    #[allow(clippy::new_without_default, reason = "must be const")]
    pub const fn new() -> Self {
        Self { head: AtomicPtr::new(ptr::null_mut()) }
    }
}

impl ListLink {
    #[doc(hidden)]
    #[allow(clippy::new_without_default, reason = "must be const")]
    pub const fn new() -> Self {
        Self { next: AtomicPtr::new(ptr::null_mut()), submitted: AtomicBool::new(false) }
    }
}

impl Node {
    /// Adds the value to its list; a second call does nothing.
    #[doc(hidden)]
    pub fn submit(&'static self) {
        if self.link.submitted.swap(true, Ordering::Relaxed) {
            return;
        }
        let registry = self.value.registry();
        let this = ptr::from_ref(self).cast_mut();
        let mut head = registry.head.load(Ordering::Relaxed);
        loop {
            self.link.next.store(head, Ordering::Relaxed);
            match registry.head.compare_exchange_weak(head, this, Ordering::Release, Ordering::Relaxed) {
                Ok(_) => return,
                Err(other) => head = other,
            }
        }
    }
}

/// Walks the list of a type.
pub struct Iter<Value: 'static> {
    next: *const Node,
    values: PhantomData<&'static Value>,
}

mod both {
    /// Type and value of one name: `iter::<Value>` walks a list, called or not. An enum, since a unit
    /// struct cannot have a parameter; its other variant cannot be made.
    #[allow(non_camel_case_types, reason = "the name under which it is used")]
    pub enum iter<Value> {
        /// The values that were submitted, in no particular order.
        iter,
        #[doc(hidden)]
        Never(std::convert::Infallible, std::marker::PhantomData<Value>),
    }
}

#[allow(non_camel_case_types, reason = "the name under which it is used")]
#[doc(hidden)]
pub type iter<Value> = both::iter<Value>;
pub use both::iter::*;

fn walk<Value: Collect>() -> Iter<Value> {
    Iter { next: Value::registry().head.load(Ordering::Acquire), values: PhantomData }
}

impl<Value: Collect> Deref for iter<Value> {
    type Target = fn() -> Iter<Value>;

    fn deref(&self) -> &Self::Target {
        &(walk::<Value> as fn() -> Iter<Value>)
    }
}

impl<Value: Collect> IntoIterator for iter<Value> {
    type Item = &'static Value;
    type IntoIter = Iter<Value>;

    fn into_iter(self) -> Iter<Value> {
        walk()
    }
}

impl<Value: Collect> Iterator for Iter<Value> {
    type Item = &'static Value;

    fn next(&mut self) -> Option<&'static Value> {
        // SAFETY: `next` is null or was made from a `&'static Node` by `submit`.
        let node = unsafe { self.next.as_ref() }?;
        self.next = node.link.next.load(Ordering::Relaxed);
        // SAFETY: a node is only ever put into the list of its value's own type, and this is the list
        // of `Value`.
        Some(unsafe { &*ptr::from_ref(node.value).cast::<Value>() })
    }
}

/// Gives a type its list.
#[macro_export]
macro_rules! collect {
    ($value:ty) => {
        impl $crate::Collect for $value {
            fn registry() -> &'static $crate::Registry {
                static REGISTRY: $crate::Registry = $crate::Registry::new();
                &REGISTRY
            }
        }
    };
}

/// Adds a value to the list of its type, before `main`.
#[macro_export]
macro_rules! submit {
    ($tract:tt::transform::ModelTransformFactory $($rest:tt)*) => {};
    (ModelTransformFactory $($rest:tt)*) => {};
    ($tract:tt::runtime::InventorizedRuntime $($rest:tt)*) => {};
    ($($value:tt)*) => {
        const _: () = {
            static NODE: $crate::Node = $crate::Node { value: &{ $($value)* }, link: $crate::ListLink::new() };

            extern "C" fn submit() {
                NODE.submit();
            }

            // Where each kind of object file keeps the functions to be called before `main`.
            #[used]
            #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func,mod_init_funcs"))]
            #[cfg_attr(windows, unsafe(link_section = ".CRT$XCU"))]
            #[cfg_attr(not(any(target_vendor = "apple", windows)), unsafe(link_section = ".init_array"))]
            static SUBMIT: extern "C" fn() = submit;
        };
    };
}

#[cfg(test)]
mod tests {
    struct Word(&'static str);
    crate::collect!(Word);
    crate::submit!(Word("one"));
    crate::submit!(Word("two"));

    struct ModelTransformFactory;
    crate::collect!(ModelTransformFactory);
    crate::submit!(ModelTransformFactory {});

    #[test]
    fn what_was_submitted_is_listed_once() {
        let mut words: Vec<_> = crate::iter::<Word>().map(|word| word.0).collect();
        words.sort();
        assert_eq!(words, ["one", "two"]);
        assert_eq!(crate::iter::<Word>.into_iter().count(), 2);
    }

    #[test]
    fn what_only_weighs_is_left_out() {
        assert_eq!(crate::iter::<ModelTransformFactory>().count(), 0);
    }
}
