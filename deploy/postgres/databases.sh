#!/bin/sh
# Makes a role and a database for each service where they are missing, and sets the role's password. May run again at any time.
# PGHOST, PGUSER and PGPASSWORD name an administrator; RATING_INTAKE_PASSWORD and so on are the services' own.
set -eu

make() {
    # psql quotes what stands in :'...' and :"..."; the password never is part of the SQL's text.
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set name="$1" --set secret="$2" --dbname postgres <<'SQL'
select format('create role %I login', :'name') where not exists (select 1 from pg_roles where rolname = :'name') \gexec
alter role :"name" with login nosuperuser nocreatedb nocreaterole password :'secret';
select format('create database %I owner %I', :'name', :'name')
    where not exists (select 1 from pg_database where datname = :'name') \gexec
revoke all on database :"name" from public;
SQL
}

make rating_intake "${RATING_INTAKE_PASSWORD:?set the password of rating_intake}"
make matrix_aggregation "${MATRIX_AGGREGATION_PASSWORD:?set the password of matrix_aggregation}"
make risk_scoring "${RISK_SCORING_PASSWORD:?set the password of risk_scoring}"
