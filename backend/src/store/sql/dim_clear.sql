DELETE FROM dim_energy_type;
DELETE FROM dim_factor;
DELETE FROM dim_usage_role;
