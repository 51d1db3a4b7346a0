import io.github.cdkmaven.world.InvokedBuild

// Each block of the page goes into the file that its comment names, and there is nothing else.
def page = new File(basedir, '../../../src/site/markdown/first-start.md').text
(page =~ /(?s)<!-- (\S+) -->\n```\w+\n(.*?)```/).each { all, name, text ->
    def file = new File(basedir, name)
    file.parentFile.mkdirs()
    file.text = text
}

InvokedBuild.prepare(basedir, context, 'cdk-3.10')
def site = new File(basedir, 'test.properties').readLines()
new File(basedir, 'nothing.properties').text = ''
new File(basedir, 'minishift.properties').text = site.findAll { it.startsWith('cdk.minishift=') || it.startsWith('cdk.home=') }.join('\n')
true
