@rem Sets MEDGRAPH_PYTHON, unless it is set, to a 64-bit CPython $python: the one laid beside this file, or an installed one.
@call :try "%~dp0python\python.exe"
@pushd "%~dp0"
@for /d %%D in (python-$python.*-embed-amd64) do @call :try "%~dp0%%D\python.exe"
@popd
@call :try "%LocalAppData%\Programs\Python\Python$tag\python.exe"
@call :try "%ProgramFiles%\Python$tag\python.exe"
@if not defined MEDGRAPH_PYTHON for /f "delims=" %%P in ('where python.exe 2^>nul') do @call :try "%%~P"
@if defined MEDGRAPH_PYTHON exit /b 0
@exit /b 1

:try
@if defined MEDGRAPH_PYTHON exit /b 0
@if not exist "%~1" exit /b 0
@"%~1" -I -c "import sys, sysconfig; sys.exit(('%%d.%%d' %% sys.version_info[:2], sysconfig.get_platform()) != ('$python', 'win-amd64'))" >nul 2>nul && set "MEDGRAPH_PYTHON=%~1"
@exit /b 0
