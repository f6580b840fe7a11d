//! Persists what a person imports from one visit to the next: one record in IndexedDB, which has room for a model. A
//! browser may persist nothing (private windows, full or denied storage); that must never stop the page.

use std::pin::pin;

use futures_util::future::{Either, select};
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStore, ObjectStoreParams, TransactionMode};
use js_sys::Uint8Array;
use play::Imports;
use play::imports::ImportedBank;
use wasm_bindgen::{JsCast, JsValue};

use crate::dom;

const DATABASE: &str = "latent-pad";
const STORE: &str = "brought";
const RECORD: &str = "all";
/// A flag in localStorage, which is synchronous, that a record exists: without it a page that opens does not wait for
/// IndexedDB.
const FLAG_KEY: &str = "latent-pad.brought";
/// How long to wait for the database, in milliseconds: starting without imports is better than not starting.
const PATIENCE_MS: i32 = 2000;

/// A record exists, but the browser does not return it in time or at all.
#[derive(Clone, Copy, Debug)]
pub struct RecordUnavailable;

/// True if anything is persisted, as far as the page can know at once.
pub fn is_any() -> bool {
    dom::storage().is_some_and(|storage| storage.get_item(FLAG_KEY).ok().flatten().is_some())
}

/// The persisted imports; none if there are none, or they are damaged.
///
/// # Errors
/// [`RecordUnavailable`].
pub async fn read() -> Result<Option<Imports>, RecordUnavailable> {
    if is_any() { in_time(get()).await.ok_or(RecordUnavailable) } else { Ok(None) }
}

/// Persists imports together with those already persisted, except for a bank that is removed; returns whether that
/// succeeded.
pub async fn write(imports: Imports, removed: Option<&ImportedBank>) -> bool {
    let join = |persisted: Option<Imports>| {
        let mut persisted = persisted.unwrap_or_default();
        persisted.banks.retain(|own| Some(own) != removed);
        // Before the transaction ends, so that another tab, which waits for that, finds the flag with the record.
        dom::storage().and_then(|storage| storage.set_item(FLAG_KEY, "1").ok());
        imports.join(persisted)
    };
    let was_any = is_any();
    let is_written = in_time(replace(Box::new(join))).await.is_some();
    if !is_written && !was_any {
        drop_flag();
    }
    is_written && is_any()
}

/// Removes the record.
pub async fn clear() {
    drop_flag();
    let _ = in_time(replace(Box::new(|_| Imports::default()))).await;
}

/// Without its flag a record is not read when the page opens, should the browser fail to empty it.
fn drop_flag() {
    dom::storage().and_then(|storage| storage.remove_item(FLAG_KEY).ok());
}

/// The database's result, if it arrives in time.
async fn in_time<T>(answering: impl Future<Output = Result<T, Error>>) -> Option<T> {
    match select(pin!(answering), pin!(dom::wait(PATIENCE_MS))).await {
        Either::Left((answer, _)) => answer.ok(),
        Either::Right(_) => None,
    }
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            // Fails if it already exists.
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    request.await
}

async fn get() -> Result<Option<Imports>, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let found = imports_in(&transaction.object_store(STORE)?).await?;
    database.close();
    Ok(found)
}

async fn imports_in(store: &ObjectStore) -> Result<Option<Imports>, Error> {
    let found = store.get(JsValue::from(RECORD))?.await?;
    Ok(found
        .and_then(|value| value.dyn_into::<Uint8Array>().ok())
        .and_then(|bytes| Imports::read(&bytes.to_vec())))
}

/// Replaces the record by what becomes of it, in one transaction: no other tab writes in between.
async fn replace(becomes: Box<dyn FnOnce(Option<Imports>) -> Imports + '_>) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    let imports = becomes(imports_in(&store).await?);
    let value = Uint8Array::from(imports.write().as_slice());
    store.put(&value, Some(&RECORD.into()))?.await?;
    let ended = transaction.commit()?.await?;
    database.close();
    // A browser without room may refuse only now, without an error.
    if ended.is_committed() { Ok(()) } else { Err(Error::TransactionAbortError(JsValue::NULL)) }
}
