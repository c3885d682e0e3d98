@echo off
rem Starts Modelvane with the newest Java (17 or later) that JAVA_HOME and PATH offer.
rem MODELVANE_OPTS adds options for the JVM.
rem No delayed expansion: it would eat exclamation marks out of the arguments.
setlocal enableextensions disabledelayedexpansion
set "MODELVANE_HOME=%~dp0.."
set "BEST="
set "BEST_MAJOR=0"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" call :consider "%JAVA_HOME%\bin\java.exe"
for /f "delims=" %%J in ('where java 2^>nul') do call :consider "%%J"
if not defined BEST goto :none
if %BEST_MAJOR% lss 17 goto :old
set "FLAGS="
if exist "%MODELVANE_HOME%\conf\logback.xml" set FLAGS="-Dlogback.configurationFile=%MODELVANE_HOME%\conf\logback.xml"
if %BEST_MAJOR% geq 22 set FLAGS=%FLAGS% --enable-native-access=ALL-UNNAMED
if %BEST_MAJOR% geq 24 set FLAGS=%FLAGS% --sun-misc-unsafe-memory-access=allow
"%BEST%" -XX:+UseSerialGC -Xms45m -Xmx192m -XX:NewRatio=1 -XX:NewSize=7m -XX:MaxNewSize=28m ^
  -XX:SurvivorRatio=2 -XX:TargetSurvivorRatio=90 -XX:MinHeapFreeRatio=10 ^
  -XX:MetaspaceSize=64m -XX:MaxDirectMemorySize=64m ^
  -XX:TieredStopAtLevel=1 -Xss512k -Dguice_bytecode_gen_option=DISABLED ^
  -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true %MODELVANE_OPTS% ^
  "-Dmodelvane.home=%MODELVANE_HOME%" %FLAGS% -cp "%MODELVANE_HOME%\lib\*" ^
  io.modelvane.cli.Main %*
exit /b %ERRORLEVEL%

:none
echo modelvane: needs Java 17 or later; set JAVA_HOME or put java on the PATH 1>&2
exit /b 70

:old
echo modelvane: needs Java 17 or later, but the newest found is %BEST_MAJOR%: "%BEST%" 1>&2
exit /b 70

:consider
set "MAJOR=0"
rem One more pair of quotes around the whole: cmd takes the outer pair away.
for /f "tokens=3" %%V in ('^""%~1" -version 2^>^&1 ^| findstr /i /c:" version "^"') do (
  for /f "tokens=1,2 delims=.-_+" %%A in ("%%~V") do (
    set "MAJOR=%%A"
    if "%%A"=="1" set "MAJOR=%%B"
  )
)
if %MAJOR% gtr %BEST_MAJOR% (
  set "BEST=%~1"
  set "BEST_MAJOR=%MAJOR%"
)
exit /b 0
