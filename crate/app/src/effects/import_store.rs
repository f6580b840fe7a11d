//! Persists what a person imports from one visit to the next: one record in IndexedDB, which has room for a model. A
//! browser may persist nothing (private windows, full or denied storage); that must never stop the page.

use std::pin::pin;

use futures_util::future::{Either, select};
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use js_sys::Uint8Array;
use play::Imports;
use play::imports::ImportedBank;
use wasm_bindgen::{JsCast, JsValue};

use crate::dom;

const DATABASE: &str = "latent-pad";
const STORE: &str = "brought";
const RECORD: &str = "all";
/// A flag in localStorage, which is synchronous, that a record exists: without it the page does not wait for
/// IndexedDB.
const FLAG_KEY: &str = "latent-pad.brought";
/// How long to wait for the database, in milliseconds: starting without imports is better than not starting.
const PATIENCE_MS: i32 = 2000;

/// A record exists, but the browser does not return it in time or at all.
#[derive(Clone, Copy, Debug)]
pub struct RecordUnavailable;

/// The persisted imports; none if there are none, or they are damaged.
///
/// # Errors
/// [`RecordUnavailable`].
pub async fn read() -> Result<Option<Imports>, RecordUnavailable> {
    let flag = dom::storage().and_then(|storage| storage.get_item(FLAG_KEY).ok().flatten());
    if flag.is_none() {
        return Ok(None);
    }
    let bytes = in_time(get()).await.ok_or(RecordUnavailable)?;
    Ok(bytes.and_then(|bytes| Imports::read(&bytes)))
}

/// Persists imports together with those already persisted; returns whether that succeeded.
pub async fn write(imports: Imports) -> bool {
    // Never overwrite a record that cannot be read.
    let Ok(persisted) = read().await else { return false };
    let imports = imports.join(persisted.unwrap_or_default());
    let value = Uint8Array::from(imports.write().as_slice());
    in_time(put(&value)).await.is_some()
        && dom::storage().is_some_and(|storage| storage.set_item(FLAG_KEY, "1").is_ok())
}

/// Removes a bank from the record, so that the next [`write`] does not add it again.
pub async fn forget(bank: &ImportedBank) {
    if let Ok(Some(mut persisted)) = read().await {
        persisted.banks.retain(|own| own != bank);
        // The rows of the points have moved.
        persisted.points.clear();
        let value = Uint8Array::from(persisted.write().as_slice());
        let _ = in_time(put(&value)).await;
    }
}

/// Removes the record.
pub async fn clear() {
    if let Some(storage) = dom::storage() {
        let _ = storage.remove_item(FLAG_KEY);
    }
    // Without the flag the record is never read, should the browser fail to delete it.
    let _ = in_time(delete()).await;
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

async fn get() -> Result<Option<Vec<u8>>, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let found = transaction.object_store(STORE)?.get(JsValue::from(RECORD))?.await?;
    database.close();
    Ok(found.and_then(|value| value.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec()))
}

async fn put(value: &JsValue) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    transaction.object_store(STORE)?.put(value, Some(&RECORD.into()))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

async fn delete() -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    transaction.object_store(STORE)?.delete(JsValue::from(RECORD))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}
