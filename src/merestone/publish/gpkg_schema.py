"""The tables that make an SQLite file a GeoPackage 1.3, and those that carry styles for QGIS.

OGC 12-128r17, annex C; `layer_styles` as QGIS itself writes it. The file holds no spatial index: layers of boundary
lines are small, and programs that want one build it.
"""

from __future__ import annotations

APPLICATION_ID = 0x47504B47
"""`GPKG` as the SQLite application id."""

USER_VERSION = 10300
"""GeoPackage 1.3.0."""

CORE = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
CREATE TABLE gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT ''
);
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL,
  table_name TEXT,
  column_name TEXT,
  row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL,
  md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)
);
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME
);
"""

LAYERS = {
    "legs": """CREATE TABLE legs (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTILINESTRING,
  section TEXT, leg TEXT, kind TEXT, said TEXT, words TEXT, reading TEXT, reading_taken_by TEXT, other_readings TEXT,
  left_or_outside TEXT, right_or_inside TEXT, status TEXT, length_m REAL, across_sigma_m REAL, tolerance_m REAL,
  operation TEXT, operation_accuracy_m REAL, standing TEXT, reading_by TEXT)""",
    "vertices": """CREATE TABLE vertices (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT,
  section TEXT, number INTEGER, name TEXT, latitude TEXT, longitude TEXT, latitude_1e9 INTEGER, longitude_1e9 INTEGER,
  source TEXT, tolerance_m REAL, sigma_across_m REAL, leg_to_next TEXT, kind TEXT, length_m REAL,
  azimuth_at_start_deg REAL, azimuth_at_end_deg REAL, standing TEXT, reading_by TEXT)""",
    "points": """CREATE TABLE points (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT,
  name TEXT, latitude TEXT, longitude TEXT, latitude_1e9 INTEGER, longitude_1e9 INTEGER, source TEXT, tolerance_m REAL,
  standing TEXT, reading_by TEXT)""",
    "rings": """CREATE TABLE rings (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON,
  section TEXT, inside TEXT, outside TEXT, status TEXT, area_m2 REAL, standing TEXT, reading_by TEXT)""",
    "gaps": """CREATE TABLE gaps (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  section TEXT, leg TEXT, said TEXT, words TEXT, start TEXT, "end" TEXT, code TEXT, why TEXT,
  standing TEXT, reading_by TEXT)""",
    "findings": """CREATE TABLE findings (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  code TEXT, severity TEXT, subject TEXT, place TEXT, sentence TEXT, measures TEXT, expected TEXT, hint TEXT,
  settles TEXT)""",
}
"""The layers and tables, with what each column means in docs/formats/geopackage.md."""

GEOMETRIES = {"legs": "MULTILINESTRING", "vertices": "POINT", "points": "POINT", "rings": "MULTIPOLYGON"}

DESCRIPTIONS = {
    "legs": "The legs, densified: derived from the defining vertices, not signed or compared",
    "vertices": "The defining vertices in the order of the line, as whole units of 1e-9 degree",
    "points": "The named points",
    "rings": "The outlines of rings, densified: derived",
    "gaps": "Parts of the line that could not be computed, and why",
    "findings": "What the words leave open, and other findings",
}
