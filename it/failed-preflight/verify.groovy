import io.github.cdkmaven.world.InvokedBuild

try {
    InvokedBuild.of(context).withCloseable { build ->
        def report = new File(basedir, 'target/cdk/start/report.html').path
        // No word beside Maven's own around the block.
        def blocks = build.logs().collect { log ->
            def lines = log.readLines().findAll { it =~ /\[(ERROR|WARNING|INFO)]/ }
            assert lines.every { it.contains('[ERROR]') }
            lines.takeWhile { !it.contains('[Help 1]') }.collect { it.replaceFirst(/.*?\[ERROR] /, '') }
        }
        assert blocks.size() == 3
        blocks.each { block ->
            assert block[0].contains('cdk-maven-plugin') && block[0].contains('no VM was started')
            assert block.size() == 4 // what failed, its one cause, the fix, the report
            assert block[2].startsWith('Fix: ')
            assert block[3] == "Report: $report".toString()
            assert block*.length().max() < 500
            assert !block.any { it.contains('wr0ng') || it.contains('Exception') }
        }
        def (password, authority, missing) = blocks

        assert password[1].contains(context.closed.host()) && password[1].contains("'jane'") && password[1].contains('401')
        assert password[2].contains("'corp-registry'") && password[2].contains('settings.xml')

        assert missing[1] =~ /\b(\d\d+) of (\d\d+) images\b/ && missing[1].contains(build.registry().host())
        def (counted, all) = (missing[1] =~ /(\d+) of (\d+) images/)[0].drop(1)*.toInteger()
        assert counted == all - 2
        def lists = new File(basedir, 'target/cdk/images')
        assert missing[2].contains(lists.path)
        assert new File(lists, 'missing.txt').readLines().count { it && !it.startsWith('#') } == counted

        assert authority[1].contains(context.signed.host()) && authority[1].contains('Corp Test CA')
        assert authority[2].contains('<registryCa>') && authority[2].contains('-Dcdk.registryCa=')
        assert build.cdk().status().contains('Does Not Exist')
    }
} finally {
    context.closed.close()
    context.signed.close()
}
true
