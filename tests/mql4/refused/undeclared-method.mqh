#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int total;
   CThing(void) { total=0; }
   void Grow(void) { total++; }
   int Total(void) const { return(total); }
  };
void CThing::Missing(void)
  {
  }
#endif
// refused: undeclared-method at 11:14
