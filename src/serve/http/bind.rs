//! Opens the listening socket, and says what to do when the port is taken.

use crate::finding::Failure;
use std::io;
use std::net::{IpAddr, TcpListener};

/// How many ports after a busy one are tried.
const TRIES: u16 = 100;

/// Opens exactly this port; 0 means any that is free. The failure for a busy port names the next free one.
pub(crate) fn bind(address: IpAddr, port: u16) -> Result<TcpListener, Failure> {
    TcpListener::bind((address, port)).map_err(|cause| failure(address, port, &cause))
}

/// Opens this port, or the next free one if it is busy. `local_addr` of the result tells which it was.
pub(crate) fn bind_near(address: IpAddr, port: u16) -> Result<TcpListener, Failure> {
    match TcpListener::bind((address, port)) {
        Err(cause) if cause.kind() == io::ErrorKind::AddrInUse => {
            next_free(address, port).ok_or_else(|| failure(address, port, &cause))
        }
        result => result.map_err(|cause| failure(address, port, &cause)),
    }
}

fn next_free(address: IpAddr, port: u16) -> Option<TcpListener> {
    (port..=port.saturating_add(TRIES))
        .skip(1)
        .find_map(|port| TcpListener::bind((address, port)).ok())
}

fn failure(address: IpAddr, port: u16, cause: &io::Error) -> Failure {
    match cause.kind() {
        io::ErrorKind::AddrInUse => {
            let free = next_free(address, port).and_then(|listener| listener.local_addr().ok());
            Failure::new(format!("port {port} is in use by another program")).help(match free {
                Some(free) => format!("run `stepdown serve --port {}`, which is free", free.port()),
                None => "close the other program, or choose another port with `--port`".to_owned(),
            })
        }
        io::ErrorKind::AddrNotAvailable => Failure::new(format!(
            "the address {address} does not belong to this machine"
        ))
        .help("leave `--host` out to see the site on this machine only"),
        io::ErrorKind::PermissionDenied => Failure::new(format!(
            "this system does not let ordinary programs use port {port}"
        ))
        .help("run `stepdown serve --port 8080`, or choose another number above 1023"),
        _ => Failure::new(format!(
            "could not listen on {address}, port {port}: {cause}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{bind, bind_near};
    use std::net::{IpAddr, Ipv4Addr};

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn a_busy_port_is_named_and_a_free_one_is_offered() {
        let taken = bind(HERE, 0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let failure = bind(HERE, port).unwrap_err();
        assert_eq!(
            failure.to_string(),
            format!("port {port} is in use by another program")
        );
        let help = failure.advice().unwrap();
        let offered: u16 = help
            .strip_prefix("run `stepdown serve --port ")
            .and_then(|rest| rest.strip_suffix("`, which is free"))
            .and_then(|number| number.parse().ok())
            .unwrap_or_else(|| panic!("{help}"));
        assert!(offered > port && offered <= port + 100, "{offered}");
    }

    #[test]
    fn the_next_free_port_is_taken_where_none_was_asked_for() {
        let taken = bind(HERE, 0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let near = bind_near(HERE, port).unwrap().local_addr().unwrap().port();
        assert!(near > port && near <= port + 100, "{near}");
    }

    #[test]
    fn an_address_of_another_machine_is_named() {
        let failure = bind(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 0).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "the address 192.0.2.1 does not belong to this machine"
        );
    }
}
