"""The environment in which GDAL is loaded: no network, no other files, no extensions, one thread."""

from __future__ import annotations

SETTINGS = {
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_CONNECTTIMEOUT": "1",
    "GDAL_NUM_THREADS": "1",
    "GDAL_CACHEMAX": "64",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "/nothing",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}",
    "CPL_CURL_ENABLE_VSIMEM": "NO",
    "CPL_DEBUG": "OFF",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    "OGR_GPKG_NUM_THREADS": "1",
    "SQLITE_LIST_ALL_TABLES": "NO",
    "SHAPE_RESTORE_SHX": "YES",
    "OGR_GEOMETRY_ACCEPT_UNCLOSED_RING": "YES",
    "PROJ_NETWORK": "OFF",
}
"""Environment variables; those that GDAL does not know in some version do no harm."""

SKIP = "OGR_SKIP"
"""The setting that names the drivers that GDAL is to leave out."""
