//! Reads meters and systems: Modbus, DL/T 645, CJ/T 188, OPC UA, MQTT, SQL, folders, HTTP.
