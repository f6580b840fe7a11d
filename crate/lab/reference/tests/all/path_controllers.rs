//! Promise: our reader of amSynth's controller maps understands the map that a path's automation comes with.

use patch::Parameter;
use path::midi::controllers::{map, map_file};
use voice::controller_map::ControllerMap;

#[test]
fn amsynths_reader_reads_the_file_as_the_map() {
    let read = ControllerMap::read(&map_file()).unwrap();
    for parameter in Parameter::ALL {
        assert_eq!(read.parameter(map()[parameter.index()]), Some(parameter));
    }
    assert_eq!(read.parameter(64), None, "the pedal stays a pedal");
}

#[test]
fn amsynths_default_controllers_keep_their_meaning() {
    let own = ControllerMap::default();
    for controller in 0..128 {
        if let Some(parameter) = own.parameter(controller) {
            assert_eq!(map()[parameter.index()], controller);
        }
    }
}
