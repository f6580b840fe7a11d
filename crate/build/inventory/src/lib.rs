//! Registries that are filled before `main`: each `submit!` in the program adds a value to the registry of
//! its type, `iter` iterates over it. tract registers its kernels this way.
//!
//! The root manifest replaces `inventory` from crates.io by this crate, which has the interface that tract
//! uses. The difference: tract-core's named model transforms and runtimes are not registered. Nothing here
//! uses them, but the linker cannot remove a registered function, and these refer to convolutions, Fourier
//! transforms and most other operators of tract: half of the page's download. This crate can go when
//! tract makes these registrations optional. Never register anything that tract does not need.

use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

/// A type with a registry; see [`collect!`].
pub trait Collect: Sync + Sized + 'static {
    #[doc(hidden)]
    fn registry() -> &'static Registry;
}

/// The values of one type, as a linked list with the last submitted first.
#[doc(hidden)]
pub struct Registry {
    head: AtomicPtr<Node>,
}

/// One submitted value, in a static that the macro defines.
#[doc(hidden)]
pub struct Node {
    pub value: &'static dyn Registered,
    pub link: ListLink,
}

/// The link of a submitted node to the next one.
#[doc(hidden)]
pub struct ListLink {
    next: AtomicPtr<Node>,
    submitted: AtomicBool,
}

/// A type-erased [`Collect`].
#[doc(hidden)]
pub trait Registered: Sync {
    fn registry(&self) -> &'static Registry;
}

impl<Value: Collect> Registered for Value {
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
    /// Adds the value to its registry; a second call has no effect.
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

/// Iterates over the registry of a type.
pub struct Iter<Value: 'static> {
    next: *const Node,
    values: PhantomData<&'static Value>,
}

mod type_and_value {
    /// Type and value of the same name: `iter::<Value>` iterates over a registry, called or not. An enum,
    /// since a unit struct cannot have a type parameter; its other variant cannot be constructed.
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
pub type iter<Value> = type_and_value::iter<Value>;
pub use type_and_value::iter::*;

fn iterate<Value: Collect>() -> Iter<Value> {
    Iter { next: Value::registry().head.load(Ordering::Acquire), values: PhantomData }
}

impl<Value: Collect> Deref for iter<Value> {
    type Target = fn() -> Iter<Value>;

    fn deref(&self) -> &Self::Target {
        &(iterate::<Value> as fn() -> Iter<Value>)
    }
}

impl<Value: Collect> IntoIterator for iter<Value> {
    type Item = &'static Value;
    type IntoIter = Iter<Value>;

    fn into_iter(self) -> Iter<Value> {
        iterate()
    }
}

impl<Value: Collect> Iterator for Iter<Value> {
    type Item = &'static Value;

    fn next(&mut self) -> Option<&'static Value> {
        // SAFETY: `next` is null or was made from a `&'static Node` by `submit`.
        let node = unsafe { self.next.as_ref() }?;
        self.next = node.link.next.load(Ordering::Relaxed);
        // SAFETY: a node is only ever in the registry of its value's type, and this is that of `Value`.
        Some(unsafe { &*ptr::from_ref(node.value).cast::<Value>() })
    }
}

/// Defines the registry of a type.
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

/// Adds a value to the registry of its type, before `main`.
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

            // The section of each object file format for functions that are called before `main`.
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
    fn every_submitted_value_is_registered_once() {
        let mut words: Vec<_> = crate::iter::<Word>().map(|word| word.0).collect();
        words.sort();
        assert_eq!(words, ["one", "two"]);
        assert_eq!(crate::iter::<Word>.into_iter().count(), 2);
    }

    #[test]
    fn tracts_model_transforms_are_not_registered() {
        assert_eq!(crate::iter::<ModelTransformFactory>().count(), 0);
    }
}
